"""What falls due in exit, in the order of a day."""

from exit.cases import sweep as cases
from zsbank.base.calendar.sweeping import Step

STEPS: tuple[Step, ...] = cases.STEPS
