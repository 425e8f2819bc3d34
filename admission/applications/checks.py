"""What the program checks by itself of an answer. A check never refuses: it is shown beside the criterion."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from admission.applications.models import Answer, Application
from banks.outlets.models import Outlet
from banks.outlets.terms import CardService
from banks.register import identifiers
from banks.register.models import Bank, CardVendor
from banks.register.terms import ELIGIBILITY, BankCategory, Eligibility
from zsbank.base.calendar import clock

NAMED = 5


@dataclass(frozen=True)
class Check:
    """One thing checked: passed, failed, or (None) for a person to decide; and what was seen."""

    passed: bool | None
    text: str


@dataclass(frozen=True)
class Subject:
    """What the checks look at, read once: the bank, its outlets and the answer's facts."""

    bank: Bank
    outlets: list[Outlet]
    facts: dict[str, object]


def checks_for(application: Application) -> dict[int, tuple[Check, ...]]:
    """All checks of an application by number of criterion; the same few queries however much is answered."""
    outlets = list(application.bank.outlets.all())
    answers = {answer.criterion.number: answer for answer in application.answers.select_related("criterion")}
    return {
        number: tuple(check(Subject(application.bank, outlets, _facts(answers.get(number)))))
        for number, check in CHECKS.items()
    }


def _facts(answer: Answer | None) -> dict[str, object]:
    return dict(answer.facts) if answer else {}


def _category(subject: Subject) -> Iterable[Check]:
    category = BankCategory(subject.bank.category)
    match ELIGIBILITY[category]:
        case Eligibility.ELIGIBLE:
            yield Check(True, _("%(category)s: named in the criterion.") % {"category": category.label})
        case Eligibility.NEEDS_DECISION:
            yield Check(
                None, _("%(category)s: a person decides, with the reason.") % {"category": category.label}
            )
        case Eligibility.NOT_ELIGIBLE:
            yield Check(
                False, _("%(category)s: not a Chinese-funded commercial bank.") % {"category": category.label}
            )
    verdict = identifiers.check_uscc(subject.bank.uscc)
    yield Check(
        verdict.allowed, _("The unified social credit code is valid.") if verdict else str(verdict.reasons[0])
    )


def _licence(subject: Subject) -> Iterable[Check]:
    verdict = identifiers.check_licence(subject.bank.license_institution_code)
    code = subject.bank.license_institution_code
    yield Check(
        verdict.allowed,
        _("Institution code %(code)s.") % {"code": code} if verdict else str(verdict.reasons[0]),
    )


def _registered(subject: Subject) -> Iterable[Check]:
    yield _each(subject.outlets, lambda outlet: bool(outlet.uscc), _("has no unified social credit code"))
    yield _each(
        subject.outlets, lambda outlet: bool(outlet.license_institution_code), _("has no institution code")
    )


def _outlets_open(subject: Subject) -> Iterable[Check]:
    services = {service.value for service in CardService}
    yield _each(
        subject.outlets, lambda outlet: outlet.open_for_card_business, _("is not open for card business")
    )
    yield _each(subject.outlets, lambda outlet: outlet.windows >= 1, _("has no window"))
    yield _each(subject.outlets, lambda outlet: outlet.trained_staff >= 1, _("has no trained staff"))
    yield _each(subject.outlets, lambda outlet: bool(outlet.opening_hours), _("has no announced hours"))
    yield _each(
        subject.outlets, lambda outlet: services <= set(outlet.services), _("does not offer all services")
    )


def _each(outlets: list[Outlet], holds: Callable[[Outlet], bool], falls_short: str) -> Check:
    """One check over all outlets: names those that fall short, and on what."""
    if not outlets:
        return Check(False, _("No outlet is entered yet."))
    short = [outlet.name for outlet in outlets if not holds(outlet)]
    if not short:
        all_fine = ngettext("%(n)s outlet: none %(what)s.", "%(n)s outlets: none %(what)s.", len(outlets))
        return Check(True, all_fine % {"n": len(outlets), "what": falls_short})
    named = "、".join(short[:NAMED]) + ("……" if len(short) > NAMED else "")
    text = _("%(short)s of %(n)s outlets: %(what)s (%(named)s).")
    return Check(False, text % {"short": len(short), "n": len(outlets), "what": falls_short, "named": named})


def _channels(subject: Subject) -> Iterable[Check]:
    names = {"counter": _("counter"), "terminal": _("self-service terminal"), "atm": "ATM", "pos": "POS"}
    lacking = [label for name, label in names.items() if not subject.facts.get(name)]
    if lacking:
        yield Check(False, _("Not supported: %(channels)s.") % {"channels": "、".join(lacking)})
    else:
        yield Check(True, _("All four channels are supported."))


def _vendor(subject: Subject) -> Iterable[Check]:
    vendor = CardVendor.objects.filter(pk=_whole(subject.facts.get("vendor"))).first()
    if vendor is None:
        yield Check(False, _("No card vendor of the register is chosen."))
    elif vendor.tender_from <= clock.today() <= vendor.tender_until:
        yield Check(
            True, _("%(vendor)s: tendered until %(day)s.") % {"vendor": vendor, "day": vendor.tender_until}
        )
    else:
        yield Check(False, _("%(vendor)s: the tender's term does not cover today.") % {"vendor": vendor})


def _whole(value: object) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() else 0


def _no_fees(subject: Subject) -> Iterable[Check]:
    fees = (subject.facts.get("small_account_fee"), subject.facts.get("annual_fee"))
    if None in fees or "" in fees:
        yield Check(False, _("The fee schedule is not filled in."))
    elif all(Decimal(str(fee)) == 0 for fee in fees):
        yield Check(True, _("Both fees are 0."))
    else:
        yield Check(False, _("The fees are not 0."))


CHECKS: dict[int, Callable[[Subject], Iterable[Check]]] = {
    1: _category,
    2: _licence,
    3: _registered,
    5: _outlets_open,
    7: _channels,
    13: _vendor,
    20: _no_fees,
}
