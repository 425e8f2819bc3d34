"""What falls due for the record itself: the day's checkpoint."""

from zsbank.calendar.sweeping import Step
from zsbank.clock import checkpoints

STEPS: tuple[Step, ...] = (Step("keep_checkpoint", checkpoints.not_kept, checkpoints.keep),)
