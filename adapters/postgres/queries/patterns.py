"""What somebody typed, as a pattern."""

from typing import Final

_SPECIAL: Final = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


def containing(text: str) -> str:
    """LIKE this: the very text, anywhere."""
    return f"%{text.translate(_SPECIAL)}%"
