"""Automatic checks of answers; their results are shown beside the criterion and never refuse anything."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from admission.applications.models import Answer, Application
from admission.editions.facts import FactField
from admission.editions.models import Criterion
from admission.editions.terms import CheckName
from banks.outlets.models import Outlet
from banks.outlets.rules import OPEN, REGISTERED, Requirement, SharedCodes
from banks.register import identifiers
from banks.register.models import Bank, CardVendor
from banks.register.terms import ELIGIBILITY, BankCategory, Eligibility
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import through

NAMED = 5


@dataclass(frozen=True)
class Check:
    """The result of one check: passed, failed, or None for a person to decide; and what was found."""

    passed: bool | None
    text: str


@dataclass(frozen=True)
class Subject:
    """The input of a check: the bank, its outlets, and the values of the facts it reads."""

    bank: Bank
    outlets: list[Outlet]
    facts: list[tuple[FactField, object]]


def checks_for(application: Application) -> dict[int, tuple[Check, ...]]:
    """Return all checks of an application by criterion number, in a constant number of queries."""
    outlets = list(application.bank.outlets.all())
    answers = {answer.criterion_id: answer for answer in application.answers.all()}
    return {
        criterion.number: tuple(_checked(application.bank, outlets, criterion, answers.get(criterion.pk)))
        for criterion in application.edition.criteria.all()
    }


def _checked(
    bank: Bank, outlets: list[Outlet], criterion: Criterion, answer: Answer | None
) -> Iterable[Check]:
    fields = {field.name: field for field in criterion.fact_fields}
    given = answer.facts if answer else {}
    for check in criterion.check_specs:
        facts = [(fields[name], given.get(name)) for name in check.facts]
        yield from CHECKS[check.name](Subject(bank, outlets, facts))


def registered_facts(criterion: Criterion, bank: Bank) -> list[tuple[str, str]]:
    """Return label and value of the register's data that the checks of a criterion read."""
    shown = {
        CheckName.BANK_CATEGORY: (
            (_("Category"), bank.get_category_display()),
            (_("Unified social credit code"), bank.uscc),
        ),
        CheckName.LICENCE_CODE: (
            (_("Institution code of the licence"), bank.license_institution_code or _("not registered yet")),
        ),
    }
    return [pair for check in criterion.check_specs for pair in shown.get(check.name, ())]


def _category(subject: Subject) -> Iterable[Check]:
    category = BankCategory(subject.bank.category)
    match ELIGIBILITY[category]:
        case Eligibility.ELIGIBLE:
            yield Check(True, _("%(category)s: listed in the criterion.") % {"category": category.label})
        case Eligibility.NEEDS_DECISION:
            yield Check(
                None,
                _("%(category)s: requires a decision by a person, with the reason.")
                % {"category": category.label},
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
    return _each(subject, REGISTERED)


def _outlets_open(subject: Subject) -> Iterable[Check]:
    return _each(subject, OPEN)


def _each(subject: Subject, requirements: Iterable[Requirement]) -> Iterator[Check]:
    """One check a requirement over all outlets: names those that fall short, and on what."""
    outlets, shared = subject.outlets, SharedCodes.among(subject.outlets, subject.bank)
    if not outlets:
        yield Check(False, _("No outlets have been entered."))
        return
    for requirement in requirements:
        falling = [outlet for outlet in outlets if not requirement.holds(outlet, shared)]
        short = [requirement.named(outlet, subject.bank) for outlet in falling]
        said = {
            "n": len(outlets),
            "what": requirement.falls_short,
            "short": len(short),
            "named": _named(short),
        }
        if short:
            yield Check(False, _("%(short)s of %(n)s outlets: %(what)s (%(named)s).") % said)
        else:
            all_fine = ngettext("%(n)s outlet: none %(what)s.", "%(n)s outlets: none %(what)s.", len(outlets))
            yield Check(True, all_fine % said)


def _named(names: list[str]) -> str:
    return "、".join(names[:NAMED]) + ("……" if len(names) > NAMED else "")


def also_at_other_banks(bank: Bank) -> list[Check]:
    """The codes of outlets that another bank, or an outlet of it, has too: for officers only, no bank reads it."""
    outlets = bank.outlets.all()
    usccs = outlets.exclude(uscc="").values("uscc")
    licences = outlets.exclude(license_institution_code="").values("license_institution_code")
    same = Q(uscc__in=usccs) | Q(license_institution_code__in=licences)
    theirs = Outlet.objects.exclude(bank=bank).filter(same | _codes_of(bank)).select_related("bank")
    found = [f"{outlet.name} ({outlet.bank.name})" for outlet in theirs.order_by("pk")[: NAMED + 1]]
    found += [str(other) for other in Bank.objects.exclude(pk=bank.pk).filter(same).order_by("pk")[:NAMED]]
    if not found:
        return [Check(True, _("No other bank has entered an outlet with one of these codes."))]
    return [
        Check(
            None,
            _("Other banks have entered outlets with the same code: %(named)s.") % {"named": _named(found)},
        )
    ]


def _codes_of(bank: Bank) -> Q:
    """Return the filter for outlets that carry a code of the bank itself."""
    own = Q(uscc=bank.uscc)
    licence = bank.license_institution_code
    return own | Q(license_institution_code=licence) if licence else own


def checks_of(application: Application, criterion: Criterion) -> tuple[Check, ...]:
    """Return the checks of one criterion as officers see them, codes at other banks included."""
    answer = application.answers.filter(criterion=criterion).first()
    outlets = list(application.bank.outlets.all()) if criterion.is_about_outlets else []
    found = tuple(_checked(application.bank, outlets, criterion, answer))
    return found + also_seen_by_officers(criterion, application.bank)


def also_seen_by_officers(criterion: Criterion, bank: Bank) -> tuple[Check, ...]:
    """Return the checks of a criterion that only officers read: codes of outlets at other banks."""
    if any(check.name == CheckName.OUTLETS_REGISTERED for check in criterion.check_specs):
        return tuple(also_at_other_banks(bank))
    return ()


def _all_confirmed(subject: Subject) -> Iterable[Check]:
    lacking = [field.label for field, value in subject.facts if not value]
    if lacking:
        yield Check(False, _("Not confirmed: %(facts)s.") % {"facts": "、".join(lacking)})
    else:
        yield Check(True, _("All %(n)s are confirmed.") % {"n": len(subject.facts)})


def _vendor(subject: Subject) -> Iterable[Check]:
    for _field, value in subject.facts:
        yield _tendered(CardVendor.objects.filter(pk=_whole(value)).first())


def _tendered(vendor: CardVendor | None) -> Check:
    if vendor is None:
        return Check(False, _("No card vendor from the register has been selected."))
    if vendor.tender_from <= clock.today() <= vendor.tender_until:
        return Check(
            True,
            _("%(vendor)s: tender valid until %(day)s.")
            % {"vendor": vendor, "day": through(vendor.tender_until)},
        )
    return Check(False, _("%(vendor)s: today is outside the tender period.") % {"vendor": vendor})


def _whole(value: object) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() else 0


def _amounts_zero(subject: Subject) -> Iterable[Check]:
    empty = [field.label for field, value in subject.facts if value in (None, "")]
    charged = [
        field.label for field, value in subject.facts if value not in (None, "") and Decimal(str(value))
    ]
    if empty:
        yield Check(False, _("Not filled in: %(facts)s.") % {"facts": "、".join(empty)})
    elif charged:
        yield Check(False, _("Not 0: %(facts)s.") % {"facts": "、".join(charged)})
    else:
        names = "、".join(field.label for field, _value in subject.facts)
        yield Check(True, _("All are 0: %(facts)s.") % {"facts": names})


CHECKS: dict[CheckName, Callable[[Subject], Iterable[Check]]] = {
    CheckName.BANK_CATEGORY: _category,
    CheckName.LICENCE_CODE: _licence,
    CheckName.OUTLETS_REGISTERED: _registered,
    CheckName.OUTLETS_OPEN: _outlets_open,
    CheckName.ALL_CONFIRMED: _all_confirmed,
    CheckName.AMOUNTS_ZERO: _amounts_zero,
    CheckName.VENDOR_TENDERED: _vendor,
}
