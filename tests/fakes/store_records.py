"""What stores did, written down nowhere."""


class Unrecorded:
    """The `StoreRecords` port."""

    async def note(self, *_: object) -> None:
        return

    async def of(self, *_: object) -> None:
        return
