"""Checks of stored files for `check --deploy`."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning  # noqa: A004 Django's own word


def scanner_is_there(**_what: Any) -> list[CheckMessage]:
    """Warn if no virus scanner is configured: uploads are then served unscanned."""
    if settings.CLAMAV_SOCKET:
        return []
    message = "No virus scanner is set: files that banks hand in are given out without being looked through."
    return [Warning(message, hint="Set ZSBANK_CLAMAV (docs/en/running.md).", id="zsbank.W001")]
