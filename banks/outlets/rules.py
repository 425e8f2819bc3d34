"""Whether outlets that were read from a spreadsheet may be saved."""

from banks.outlets.models import OutletImport
from zsbank.base.accounts.models import User
from zsbank.base.refusals import ALLOWED, Verdict


def may_be_saved(by: User | None, read: OutletImport) -> Verdict:
    """Whether what was read can be saved: it was not saved already."""
    return ALLOWED if read.done_at is None else Verdict.moved_on()
