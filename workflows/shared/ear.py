"""What a process hears while it goes on: news from outside, and the wish to call it off."""

from datetime import timedelta

from temporalio import workflow


class EndsWithoutBooks(Exception):
    """There will be no books: `ending` says how it ended, `reason` is for the reader."""

    def __init__(self, ending: str, reason: str) -> None:
        super().__init__(reason)
        self.ending = ending
        self.reason = reason


class Ear:
    """Messages only leave a mark here; the story looks at it where it can still turn."""

    def __init__(self, what: str = "order") -> None:
        self._what = what
        self.news = 0
        self.cancel_asked = False
        self.too_late = False

    def hear_news(self) -> None:
        """Somebody outside moved: worth asking."""
        self.news += 1

    def ask_to_cancel(self) -> None:
        """Heard only while there is a way back."""
        self.cancel_asked = not self.too_late

    def no_way_back(self) -> None:
        """From here on it is carried through."""
        self.too_late, self.cancel_asked = True, False

    def stop_if_cancelled(self) -> None:
        """Turn the story if the reader changed their mind."""
        if self.cancel_asked:
            raise EndsWithoutBooks("cancelled", f"You cancelled the {self._what}; nothing was charged.")

    async def listen(self, heard: int, at_most: timedelta) -> None:
        """Until there is more news than `heard`, a wish to cancel, or the time is up."""
        try:
            await workflow.wait_condition(
                lambda: self.news > heard or self.cancel_asked,
                timeout=at_most,
                timeout_summary="no news: ask anyway",
            )
        except TimeoutError:
            return
