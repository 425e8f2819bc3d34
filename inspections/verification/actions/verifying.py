"""Actions of the officers who verify a rectification report: record what was found, confirm a visit."""

import datetime as dt
from collections.abc import Sequence

from django.core.files import File
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.verification.actions.messages import ask_second_officer
from inspections.verification.models import Verification
from inspections.verification.rules import is_as_seen, is_possible_day, may_confirm, may_verify
from inspections.verification.terms import Manner
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.files.actions import store_upload
from zsbank.base.files.models import StoredFile
from zsbank.base.files.rules import has_room
from zsbank.base.journal.facts import held
from zsbank.base.permissions import Verb
from zsbank.base.refusals import FileRefused, Refused, WrongState, filled

REPORTED = frozenset({OrderState.REPORTED})


@action(Verb.VERIFY_RECTIFICATION, on="order", states=REPORTED, rule=may_verify)
def verify_rectification(
    *,
    order: RectificationOrder,
    by: User,
    manner: Manner,
    seen_on: dt.date,
    fulfilled: bool,
    findings: str,
    accompanied_by: User | None = None,
    files: Sequence[tuple[File, str]] = (),  # type: ignore[type-arg]
) -> Verification:
    """Record what was found about the bank's report; it can be recorded again until the report is decided on.

    Args:
        manner: by the papers, or by a visit, which needs a second officer and evidence.
        seen_on: the day on which papers or outlets were seen (local date).
        fulfilled: whether it is rectified as required.
        findings: what was seen; the decider reads it, the bank does not.
        accompanied_by: the second officer of a visit, who confirms it.
        files: pairs of content and file name as given by the person.

    Raises:
        NotAllowed: the role, or `by` submitted the report for the bank (four eyes).
        WrongState: there is no report to check.
        Incomplete: nothing is said about what was found.
        Refused: a visit has no second officer or no evidence, or the day is impossible.
        FileRefused: a file exceeds the quota of the case, or its content is not accepted.
    """
    report = order.report_to_check
    if report is None:
        raise WrongState.moved_on()
    is_possible_day(seen_on, order).require()
    second = _second_officer(by, accompanied_by) if manner == Manner.VISIT else None
    if manner == Manner.VISIT and not files:
        raise Refused(_("Attach evidence of the visit, such as photographs."), "evidence")
    has_room(_files_of(order), sum(content.size or 0 for content, _name in files)).require(FileRefused)
    found = Verification.objects.create(
        report=report,
        manner=manner,
        seen_on=seen_on,
        fulfilled=fulfilled,
        findings=filled(findings, _("Describe what was found.")),
        verified_by=by,
        verified_at=clock.now(),
        accompanied_by=second,
    )
    found.files.set([store_upload(content=content, name=name, by=by) for content, name in files])
    record(data={"files": len(files)} | held(Verb.VERIFY_RECTIFICATION, found))
    if second is not None:
        ask_second_officer(order, found)
    return found


@action(Verb.CONFIRM_VERIFICATION, on="order", states=REPORTED, rule=may_confirm)
def confirm_verification(*, order: RectificationOrder, by: User, seen: int) -> Verification:
    """Confirm, as the second officer of a visit, what was found; deciders get the report on their work list.

    Args:
        seen: the key of the verification on the page that the person opened.

    Raises:
        NotAllowed: the role, or `by` was not the second officer, who has not left.
        WrongState: no visit waits for its confirmation.
        EditConflict: the report was verified again since.
    """
    is_as_seen(order, seen).require()
    found = Verification.newest_of(order)
    if found is None:
        raise WrongState.moved_on()
    found.confirmed_by, found.confirmed_at = by, clock.now()
    found.save(update_fields=["confirmed_by", "confirmed_at"])
    record(data=held(Verb.CONFIRM_VERIFICATION, found))
    return found


def _second_officer(by: User, officer: User | None) -> User:
    """Return the second officer of a visit.

    Raises:
        Refused: nobody is named, or nobody else who could confirm it.
    """
    if officer is None:
        raise Refused(_("A visit requires a second officer, who confirms what was found."), "two_officers")
    if officer == by or not staff_may(officer, Verb.CONFIRM_VERIFICATION):
        raise Refused(_("Name another officer of the bureau, who confirms what was found."), "two_officers")
    return officer


def _files_of(order: RectificationOrder) -> QuerySet[StoredFile]:
    """Return the evidence of all verifications of an order."""
    return StoredFile.objects.filter(rectification_verifications__report__order=order).distinct()
