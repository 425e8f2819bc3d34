"""What falls due for the record itself, the day's checkpoint, and for the log: the files that were kept long enough."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings

from zsbank import logs
from zsbank.base.calendar import clock
from zsbank.base.calendar.sweeping import Step
from zsbank.site.operations import checkpoints


def _old_logs(on: dt.date) -> Iterable[int]:
    """Days, as ordinals, of which the log was kept long enough, by the machine's own day: a played one removes none."""
    last = clock.machine_day() - dt.timedelta(days=settings.LOG_DAYS)
    return [day.toordinal() for day in logs.days_with_log(settings.LOGS_DIR) if day < last]


def _remove_log(ordinal: int) -> bool:
    logs.log_file_of(settings.LOGS_DIR, dt.date.fromordinal(ordinal)).unlink(missing_ok=True)
    return True


STEPS: tuple[Step, ...] = (
    Step("keep_checkpoint", checkpoints.not_kept, checkpoints.keep),
    Step("remove_log", _old_logs, _remove_log),
)
