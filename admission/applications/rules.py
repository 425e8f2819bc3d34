"""What a bank may do with its application, and why not."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from admission.applications.models import Answer, Application, Evidence, SupplementRequest
from admission.applications.states import ApplicationState
from admission.editions.facts import FACTS, NEEDS_EVIDENCE, UNDERTAKINGS
from admission.editions.models import Criterion
from admission.editions.terms import RequiredBefore
from banks.register.models import Bank
from banks.register.rules import may_apply
from banks.register.terms import ELIGIBILITY, BankCategory, Eligibility
from zsbank.base.files.states import ScanState
from zsbank.base.refusals import YES, Verdict, WrongState


@dataclass(frozen=True)
class Missing:
    """One thing that a criterion's answer still lacks."""

    criterion: Criterion
    what: str


def may_start(bank: Bank, *, on: dt.date) -> Verdict:
    """Whether the bank may start an application on a day: not barred, none open, not of a kind that is left out."""
    verdict = may_apply(bank, on=on)
    if not verdict:
        return verdict
    if ELIGIBILITY[bank_category(bank)] is Eligibility.NOT_ELIGIBLE:
        return Verdict.no(
            "category",
            _("Criterion 1 admits Chinese-funded commercial banks; a %(category)s is not one.")
            % {"category": bank.get_category_display()},
        )
    if Application.objects.open().filter(bank=bank).exists():
        return Verdict.no("open", _("The bank has an open application. Go on with that one."))
    if Application.objects.awaiting_effect().filter(bank=bank).exists():
        return Verdict.no(
            "approved",
            _("The bank is approved; the qualification takes effect when the agreements are signed."),
        )
    return YES


def bank_category(bank: Bank) -> BankCategory:
    """The bank's category as one of the kinds of criterion 1."""
    return BankCategory(bank.category)


def missing(application: Application) -> tuple[Missing, ...]:
    """All that the answers still lack, in the order of the criteria; a constant number of queries."""
    answers = {answer.criterion_id: answer for answer in application.answers.with_evidence()}
    criteria = application.edition.criteria.all()
    return tuple(
        Missing(criterion, what)
        for criterion in criteria
        for what in lacks(criterion, answers.get(criterion.pk))
    )


def lacks(criterion: Criterion, answer: Answer | None) -> list[str]:
    """What one answer lacks. What is only required before issuing (criterion 8) may be empty."""
    if criterion.required_before == RequiredBefore.ISSUING:
        return []
    if answer is None:
        return [_("Not answered yet.")]
    found = [
        _("%(field)s is missing.") % {"field": field.label}
        for field in FACTS.get(criterion.number, ())
        if field.required and answer.facts.get(field.name) in (None, "", [])
    ]
    if criterion.number in UNDERTAKINGS and not (answer.signatory and answer.signed_on):
        found.append(_("The undertaking is not signed yet: give the name and the date."))
    if criterion.number in NEEDS_EVIDENCE and not answer.counted_evidence:
        found += [
            _("%(name)s is quarantined and does not count; hand in another file.") % {"name": evidence}
            for evidence in answer.standing_evidence
        ] or [_("No evidence is attached yet.")]
    return found


def may_submit(application: Application, *, on: dt.date) -> Verdict:
    """Whether the application can be handed in on a day: a draft, complete, of a bank that may apply.

    It waits for the virus scanner: what is handed in can be opened. A supplement and a report of rectification have a
    due date and do not wait for it.
    """
    verdict = may_apply(application.bank, on=on)
    if not verdict:
        return verdict
    lacking = missing(application)
    numbers = sorted({item.criterion.number for item in lacking})
    if numbers:
        listed = "、".join(str(number) for number in numbers)
        return Verdict.no(
            "incomplete", _("Something is missing in these criteria: %(numbers)s.") % {"numbers": listed}
        )
    waiting = sorted(being_checked(application))
    if waiting:
        return Verdict.no(
            "being_checked",
            _(
                "Documents of these criteria are being checked for viruses: %(numbers)s. "
                "Wait a minute, then open this page again."
            )
            % {"numbers": "、".join(map(str, waiting))},
        )
    return YES


def being_checked(application: Application) -> set[int]:
    """The criteria with a document of which the virus scanner has not said anything yet."""
    rows = Evidence.objects.filter(answer__application=application, removed_at=None)
    waiting = rows.filter(file__scan=ScanState.BEING_CHECKED)
    return set(waiting.values_list("answer__criterion__number", flat=True))


def open_request(application: Application) -> SupplementRequest | None:
    """What the bank is asked to supplement now."""
    return application.supplement_requests.filter(closed_on=None).first()


def may_edit(application: Application, criterion: Criterion) -> Verdict:
    """Whether the bank may change its answer to a criterion now: a draft, or one that it is asked to supplement."""
    if application.state == ApplicationState.DRAFT:
        return YES
    request = open_request(application)
    if request and request.items.filter(criterion=criterion).exists():
        return YES
    if application.state == ApplicationState.SUPPLEMENTING:
        return Verdict.no(
            "not_asked", _("You are not asked to supplement this criterion; it stays as it is.")
        )
    return Verdict.no("wrong_state", str(WrongState.moved_on()))


def may_copy(application: Application) -> Verdict:
    """Whether answers can be taken over from an earlier application: into a draft only."""
    if application.state != ApplicationState.DRAFT:
        return Verdict.no("wrong_state", str(WrongState.moved_on()))
    return YES


def may_hand_in(application: Application) -> Verdict:
    """Whether the supplement can be handed in: one is asked for, and what is asked for lacks nothing."""
    request = open_request(application)
    if request is None:
        return Verdict.no("wrong_state", str(WrongState.moved_on()))
    answers = {answer.criterion_id: answer for answer in application.answers.with_evidence()}
    short = [
        str(item.criterion.number)
        for item in request.items.select_related("criterion")
        if lacks(item.criterion, answers.get(item.criterion_id))
    ]
    if short:
        return Verdict.no(
            "incomplete",
            _("Something is missing in these criteria: %(numbers)s.") % {"numbers": "、".join(short)},
        )
    return YES
