"""What falls due for banks, in the order of a day."""

from banks.register import sweep as register
from zsbank.base.calendar.sweeping import Step

STEPS: tuple[Step, ...] = register.STEPS
