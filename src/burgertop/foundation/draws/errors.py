"""What cannot be done with a draw, as a code with values; the sentences stand in ``sentences``."""

from burgertop.foundation.wording import HouseError

__all__ = ["DrawError"]


class DrawError(HouseError):
    """A step that a draw does not allow, in its state or with these rows."""
