"""The basis of a recommendation: the facts it was made on, and what has changed since."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from admission.applications.models import Application
from admission.applications.undertakings import standing_commitment
from admission.decisions.models import Recommendation
from admission.editions.facts import FactField
from admission.editions.models import PolicyEdition
from admission.editions.terms import CONTACTS
from admission.review.states import FindingResult
from banks.outlets.models import Outlet
from banks.register.models import Bank
from zsbank.base.pages.contacts import masked

BANK_FIELDS = ("name", "uscc", "category", "license_institution_code", "address")
OUTLET_FIELDS = (
    "town",
    "address",
    "uscc",
    "license_institution_code",
    "open_for_card_business",
    "windows",
    "trained_staff",
    "opening_hours",
    "services",
    "phone",
)

Basis = dict[str, dict[str, dict[str, Any]]]


@dataclass(frozen=True)
class Change:
    """One changed fact: where, which field, before and after."""

    where: str
    what: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.where}{' · ' if self.what else ''}{self.what}：{self.before} → {self.after}"


def basis_of(application: Application) -> Basis:
    """Return the present basis: findings, answers, evidence, outlets and the bank's data.

    Conflicts of the reviewers are included, because they invalidate the findings.
    """
    findings = application.findings.select_related("criterion")
    answers = list(application.answers.with_evidence())
    reviewers = {finding.by_id for finding in findings}
    conflicts = application.conflicts.filter(officer__in=reviewers).select_related("officer")
    return {
        "finding": {
            str(row.criterion.number): {"result": row.result, "reason": row.reason} for row in findings
        },
        "answer": {
            str(row.criterion.number): {
                "text": row.text,
                "signatory": row.signatory,
                "signed_on": row.signed_on.isoformat() if row.signed_on else "",
                **row.facts,
            }
            for row in answers
        },
        "evidence": {
            str(row.criterion.number): {one.file.name: one.file.sha256[:12] for one in row.standing_evidence}
            for row in answers
        },
        "commitment": _commitment(application),
        "outlet": {
            row.name: _fields(row, OUTLET_FIELDS)
            for row in Outlet.objects.filter(bank_id=application.bank_id)
        },
        "bank": {"": _fields(Bank.objects.get(pk=application.bank_id), BANK_FIELDS)},
        "conflict": {row.officer.name: {"reason": row.reason} for row in conflicts},
    }


def _commitment(application: Application) -> dict[str, dict[str, Any]]:
    row = standing_commitment(application)
    if row is None:
        return {}
    signed = {"signatory": row.signatory, "signed_on": row.signed_on.isoformat()}
    return {"": signed | {row.file.name: row.file.sha256[:12]}}


def _fields(row: Model, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def changes_between(before: Basis, after: Basis, edition: PolicyEdition) -> list[Change]:
    """Return the differences, in the order of the edition's criteria."""
    facts = {
        str(criterion.number): {field.name: field for field in criterion.fact_fields}
        for criterion in edition.criteria.all()
    }
    return [
        change
        for section in after
        for name in _in_order({**before.get(section, {}), **after[section]})
        for change in _differs(
            section,
            name,
            before.get(section, {}).get(name, {}),
            after[section].get(name, {}),
            facts.get(name, {}) if section == "answer" else {},
        )
    ]


def changed_since(recommendation: Recommendation) -> list[Change]:
    """Return what has changed since a recommendation was made."""
    application = recommendation.application
    return changes_between(recommendation.basis, basis_of(application), application.edition)


def _in_order(names: dict[str, Any]) -> list[str]:
    return sorted(names, key=lambda name: (int(name) if name.isdecimal() else 0, name))


def _differs(
    section: str,
    name: str,
    before: dict[str, Any],
    after: dict[str, Any],
    facts: Mapping[str, FactField],
) -> Iterator[Change]:
    for field in {**before, **after}:
        was, is_now = before.get(field), after.get(field)
        if (was or "") != (is_now or ""):
            fact = facts.get(field)
            show = _masked if fact and fact.kind in CONTACTS else partial(_shown, field)
            what = fact.label if fact else _what(section, field)
            yield Change(_where(section, name), what, show(was), show(is_now))


def _masked(value: Any) -> str:
    """Mask contacts, because the journal is widely read and cannot be edited."""
    return masked(str(value)) if value else "—"


def _where(section: str, name: str) -> str:
    words = {
        "finding": _("Finding of criterion %(n)s"),
        "answer": _("Answer to criterion %(n)s"),
        "evidence": _("Evidence of criterion %(n)s"),
        "commitment": _("The service commitment"),
        "outlet": _("Outlet %(n)s"),
        "bank": _("The bank"),
        "conflict": _("Conflict of interest declared by %(n)s"),
    }
    return words[section] % {"n": name}


def _what(section: str, field: str) -> str:
    if section in ("answer", "commitment"):
        own = {"text": _("Statement"), "signatory": _("Signed by"), "signed_on": _("Signed on")}
        return own.get(field, field)
    model = {"outlet": Outlet, "bank": Bank}.get(section)
    if model is not None:
        return str(getattr(model._meta.get_field(field), "verbose_name", field))
    return {"result": "", "reason": _("Reasons")}.get(field, field)


def _shown(field: str, value: Any) -> str:
    if value in (None, "", []):
        return "—"
    if field == "result":
        return str(FindingResult(value).label)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
