"""What banks hand in."""

from zsbank.base.permissions import Verb

SUBMISSIONS: frozenset[Verb] = frozenset(
    {
        Verb.SUBMIT_APPLICATION,
        Verb.WITHDRAW_APPLICATION,
        Verb.SUBMIT_SUPPLEMENT,
        Verb.REPORT_RECTIFICATION,
        Verb.REPORT_PROGRESS,
        Verb.STATE_FEE_PAYMENT,
        Verb.ANSWER_COMPLAINT,
        Verb.ANSWER_INSPECTION,
        Verb.STATE_CORRECTION,
        Verb.STATE_CASE,
        Verb.FILE_EXIT_APPLICATION,
        Verb.WITHDRAW_EXIT_APPLICATION,
        Verb.REQUEST_BANK_CHANGE,
        Verb.WITHDRAW_BANK_CHANGE,
    }
)
"""With these a bank hands something to the bureau; each is confirmed to all members of the bank."""
