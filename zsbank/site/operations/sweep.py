"""Steps of the sweep for the register itself: the daily checkpoint, and deletion of old log files."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings

from zsbank import logs
from zsbank.base.calendar import clock
from zsbank.base.calendar.sweeping import Step
from zsbank.site.operations import checkpoints, guesses


def _old_logs(on: dt.date) -> Iterable[int]:
    """Return the days (as ordinals) of log files to delete, by the machine's date, not a simulated one."""
    last = clock.machine_day() - dt.timedelta(days=settings.LOG_DAYS)
    return [day.toordinal() for day in logs.days_with_log(settings.LOGS_DIR) if day < last]


def _remove_log(ordinal: int) -> bool:
    logs.log_file_of(settings.LOGS_DIR, dt.date.fromordinal(ordinal)).unlink(missing_ok=True)
    return True


STEPS: tuple[Step, ...] = (
    Step("keep_checkpoint", checkpoints.due, checkpoints.store_checkpoint),
    Step("remove_log", _old_logs, _remove_log),
    Step("tell_of_guesses", guesses.guessed_at, guesses.tell),
)
