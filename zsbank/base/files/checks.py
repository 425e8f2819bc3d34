"""What `check --deploy` says of files before the register goes into service."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning  # noqa: A004 Django's own word


def scanner_is_there(**_what: Any) -> list[CheckMessage]:
    """Files from outside are looked through for viruses: without a scanner they are given out as they came."""
    if settings.CLAMAV_SOCKET:
        return []
    said = "No virus scanner is set: files that banks hand in are given out without being looked through."
    return [Warning(said, hint="Set ZSBANK_CLAMAV (docs/en/running.md).", id="zsbank.W001")]
