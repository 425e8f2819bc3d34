"""Rules of registrations that are judged."""

from django.utils.translation import gettext as _

from banks.registrations.models import Registration
from zsbank.base.accounts.models import User
from zsbank.base.refusals import ALLOWED, NotAllowed, Verdict


def may_judge(by: User | None, registration: Registration) -> Verdict:
    """Check that this person did not enter the registration (four eyes)."""
    if by is not None and by.pk == registration.requested_by_id:
        return Verdict.no(
            "four_eyes", _("You entered this registration; another person must judge it."), NotAllowed
        )
    return ALLOWED
