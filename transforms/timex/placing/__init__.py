"""From what a form says to a period of the calendar: one small function a form.

Confidences are rounded shares of right values on annotated newswire, or guesses where it has too few.
"""

from transforms.timex.placing import days, relative, stretches
from transforms.timex.placing.dispatch import place

__all__ = ["days", "place", "relative", "stretches"]
