"""Declaration of verifications: actions, work items and words."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from inspections.rectification.models import RectificationOrder
from inspections.rectification.queries import ground_in_words
from inspections.verification.actions.deciding import accept_rectification, reject_rectification
from inspections.verification.actions.verifying import confirm_verification, verify_rectification
from inspections.verification.checks import accepted_were_verified
from inspections.verification.forms import (
    AcceptanceForm,
    ConfirmationForm,
    RejectionForm,
    VerificationForm,
    with_seen,
)
from inspections.verification.letters import RECTIFICATION_ACCEPTED, acceptance_letter
from inspections.verification.models import Verification
from inspections.verification.queries import to_be_confirmed_by, to_be_decided_by, to_be_verified_by
from inspections.verification.rules import is_to_be_confirmed, is_to_be_decided, is_to_be_verified
from inspections.verification.sweep import STEPS
from inspections.verification.terms import Manner
from zsbank.base.accounts.models import User
from zsbank.base.calendar.periods import Period
from zsbank.base.calendar.wording import in_words
from zsbank.base.cases.case import Case
from zsbank.base.cases.offers import Draft, Offer
from zsbank.base.cases.work import Waiting
from zsbank.base.files.forms import with_names
from zsbank.base.permissions import Verb


def _verify(by: User, order: RectificationOrder, given: dict[str, Any]) -> Verification:
    """Run the action with the input of the form."""
    files = with_names(given["files"])
    plain = {"manner": Manner(given["manner"]), "fulfilled": given["fulfilled"] == "yes", "files": files}
    return verify_rectification(**given | plain, order=order, by=by)


def _found(order: RectificationOrder) -> list[str]:
    """Return what the verification found, to be read before it is confirmed or decided on."""
    found = Verification.newest_of(order)
    if found is None:
        return []
    people = "、".join(str(one) for one in (found.verified_by, found.accompanied_by) if one)
    result = _("Rectified as required") if found.fulfilled else _("Something is still missing")
    return [f"{found.get_manner_display()} · {in_words(found.seen_on)} · {people}：{result}", found.findings]


def _reported_on(order: RectificationOrder) -> dt.date:
    """Return the day of the report: the time for its verification is counted from it."""
    return Period.from_json(order.verify_period).start if order.verify_period else order.start_date


def _waiting(**given: Any) -> Waiting:
    """A work item on an order with a report, due when the bureau has set itself to verify it."""
    return Waiting(
        **given,
        name=lambda order: str(order.bank),
        about=lambda order: order.get_ground_display(),
        since=_reported_on,
        due=lambda order: order.verify_by,
        why=ground_in_words,
    )


VERIFIED = (
    "report",
    "manner",
    "seen_on",
    "fulfilled",
    "findings",
    "verified_by",
    "verified_at",
    "accompanied_by",
)

CASES = (
    Case(
        model=Verification,
        facts_in_journal={
            Verb.VERIFY_RECTIFICATION: VERIFIED,
            Verb.CONFIRM_VERIFICATION: ("confirmed_by", "confirmed_at"),
        },
    ),
    Case(
        model=RectificationOrder,
        letters=(RECTIFICATION_ACCEPTED,),
        checks=(accepted_were_verified,),
        offers=(
            Offer(
                verify_rectification,
                _("Verify the report"),
                (
                    _("By the papers: a decider finds the report on the work list."),
                    _("By a visit: the second officer confirms what was found first."),
                    _("The bank's report counts as in time, however long this takes."),
                ),
                form=lambda case: VerificationForm,
                run=_verify,
                done=lambda made: _("The verification is recorded."),
            ),
            Offer(
                confirm_verification,
                _("Confirm the verification"),
                (
                    _("You confirm that the verification says what you saw."),
                    _("A decider then finds the report on the work list."),
                ),
                form=lambda case: with_seen(ConfirmationForm, case),
                notes=_found,
                when=is_to_be_confirmed,
            ),
            Offer(
                accept_rectification,
                _("Accept the rectification"),
                (
                    _("The order is closed, and the bank receives a numbered letter that you sign."),
                    _("When the bank's last open order is closed, its standing becomes “qualified” again."),
                ),
                form=lambda case: with_seen(AcceptanceForm, case),
                drafts=lambda case: (Draft(_("The letter"), acceptance_letter(case)),),
                notes=_found,
                grave=True,
            ),
            Offer(
                reject_rectification,
                _("Reject the report"),
                (
                    _("The bank is notified of the reason; the due date does not change."),
                    _("Before the due date the bank can report again; after it the order lapses."),
                ),
                form=lambda case: with_seen(RejectionForm, case),
                notes=_found,
            ),
        ),
        waiting=(
            _waiting(
                action=verify_rectification,
                step=_("Verify the rectification report"),
                rows=to_be_verified_by,
                when=is_to_be_verified,
                for_bank=_("verify the rectification report"),
            ),
            _waiting(
                action=confirm_verification,
                step=_("Confirm the verification of a rectification"),
                rows=to_be_confirmed_by,
                when=is_to_be_confirmed,
                for_bank=_("verify the rectification report"),
            ),
            _waiting(
                action=accept_rectification,
                step=_("Decide on the rectification"),
                rows=to_be_decided_by,
                when=is_to_be_decided,
                for_bank=_("decide on the rectification"),
            ),
        ),
        facts_in_journal={Verb.ACCEPT_RECTIFICATION: ("closed_on",)},
        entries={
            Verb.VERIFY_RECTIFICATION: _("verified the rectification report"),
            Verb.CONFIRM_VERIFICATION: _("confirmed the verification"),
            Verb.ACCEPT_RECTIFICATION: _("accepted the rectification"),
            Verb.REJECT_RECTIFICATION: _("rejected the report"),
        },
        labels={"files": _("files")},
        steps=STEPS,
    ),
)
