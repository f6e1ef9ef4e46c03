"""What was done already, so that a repeated message changes nothing."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

# Twice what a busy day brings; beyond it the ones to be forgotten soonest go, so that no cart grows for ever.
MOST_DEEDS: Final = 200


@dataclass(slots=True)
class Deeds:
    """Names of deeds, and until when each is remembered."""

    until: dict[str, datetime] = field(default_factory=dict)

    def first_time(self, deed: str, at: datetime, remember_for: timedelta) -> bool:
        """Whether it is new; from now on it is not. Forgets what is old on the occasion."""
        if self.until.get(deed, at) > at:
            return False
        self.until = {name: until for name, until in self.until.items() if until > at}
        self.until[deed] = at + remember_for
        while len(self.until) > MOST_DEEDS:
            del self.until[min(self.until, key=lambda name: self.until[name])]
        return True
