"""What falls due in supervision, in the order of a day."""

from inspections.assessments import sweep as assessments
from inspections.rectification import sweep as rectification
from zsbank.base.calendar.sweeping import Step

STEPS: tuple[Step, ...] = (*rectification.STEPS, *assessments.STEPS)
