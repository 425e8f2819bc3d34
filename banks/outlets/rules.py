"""Rules of the outlet import."""

from banks.outlets.models import OutletImport
from zsbank.base.accounts.models import User
from zsbank.base.refusals import ALLOWED, Verdict


def may_be_saved(by: User | None, read: OutletImport) -> Verdict:
    """Check that the import was not saved already."""
    return ALLOWED if read.done_at is None else Verdict.moved_on()
