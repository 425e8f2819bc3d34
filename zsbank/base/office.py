"""The office that people can ask: name, phone, hours and address, from the settings."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Office:
    """The office of the bureau that keeps the register; a part that is not set is empty."""

    bureau: str
    name: str
    phone: str
    hours: str
    address: str


def office() -> Office:
    """Return the office."""
    return Office(
        settings.BUREAU_NAME,
        settings.OFFICE_NAME,
        settings.OFFICE_PHONE,
        settings.OFFICE_HOURS,
        settings.OFFICE_ADDRESS,
    )


def signature() -> str:
    """Return the end of a mail: the bureau, whom to ask, and that nobody reads answers."""
    asked = office()
    contact = [part for part in (asked.name, asked.phone, asked.hours, asked.address) if part]
    lines = [asked.bureau]
    if contact:
        lines.append(_("Questions: %(contact)s") % {"contact": "  ".join(contact)})
    lines.append(
        _("%(site)s sent this mail automatically; answers are not read.") % {"site": settings.SITE_NAME}
    )
    return "\n".join(lines) + "\n"
