"""New identities behind the IdSource port."""

from uuid import UUID

from uuid_utils.compat import uuid7


class TimeOrderedIds:
    """UUID version 7: sorted by birth, so that B-tree inserts stay at the right edge."""

    def new(self) -> UUID:
        """Make one."""
        return uuid7()
