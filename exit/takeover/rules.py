"""Rules of takeovers: four eyes."""

from django.utils.translation import gettext as _

from exit.takeover.models import Takeover
from zsbank.base.accounts.models import User
from zsbank.base.refusals import ALLOWED, NotAllowed, Verdict


def may_confirm(by: User | None, takeover: Takeover) -> Verdict:
    """Check that another person entered the takeover and its scans."""
    if by is None:
        return ALLOWED
    attached = takeover.scans.filter(file__by=by).exists()
    if by.pk == takeover.entered_by_id or attached:
        words = _("You entered this takeover or attached a scan; another person must confirm it.")
        return Verdict.no("four_eyes", words, NotAllowed)
    return ALLOWED
