"""Where a page ends and the next begins: keyset cursors, which no insertion can shift."""

import base64
import binascii
from typing import Annotated, Any, Final

import msgspec

from domain.shared.errors import InvalidInput

Count = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
Key = Annotated[str, msgspec.Meta(max_length=400, pattern=r"^[^\x00]*$")]
_NOT_OURS: Final = "Send the `next` of the page before, with the same sort, or leave it out."


class Cursor:
    """Names the last item of a page of a list by its place in the list's order: the values it is sorted by,
    of these kinds, with whatever breaks ties.
    """

    def __init__(self, of_list: str, *kinds: Any) -> None:  # noqa: ANN401 - types, annotated or not
        self._list = of_list
        self._decoder = msgspec.json.Decoder(tuple[(str, *kinds)])  # type: ignore[valid-type] # built from kinds

    def write(self, *place: object) -> str:
        """The cursor of the item that stands there."""
        return base64.urlsafe_b64encode(msgspec.json.encode((self._list, *place))).decode().rstrip("=")

    def read(self, cursor: str) -> tuple[Any, ...]:
        """The place to go on from; raises InvalidInput for anything `write` did not make."""
        try:
            text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
            of_list, *place = self._decoder.decode(text)
        except (binascii.Error, ValueError, msgspec.MsgspecError) as foreign:
            raise InvalidInput("cursor", _NOT_OURS) from foreign
        if of_list != self._list:
            raise InvalidInput("cursor", f"This cursor belongs to {of_list}.")
        return tuple(place)
