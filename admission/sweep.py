"""What falls due in admission, in the order of a day."""

from admission.applications import sweep as applications
from admission.decisions import sweep as decisions
from admission.review import sweep as review
from zsbank.base.calendar.sweeping import Step

STEPS: tuple[Step, ...] = (*applications.STEPS, *review.STEPS, *decisions.STEPS)
