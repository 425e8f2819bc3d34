"""Rules of policy editions, and validation of their criteria."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from admission.editions.facts import FactField
from admission.editions.models import CRITERION_FIELDS, Criterion, PolicyEdition
from admission.editions.terms import (
    CHECKED_KINDS,
    PARTICULARS,
    RECORDED_AFTER_APPROVAL,
    CheckName,
    FactKind,
    FactRole,
    NeededFor,
    Provides,
)
from zsbank.base.accounts.models import User
from zsbank.base.journal.queries import history_of
from zsbank.base.permissions import Verb
from zsbank.base.refusals import ALLOWED, Incomplete, NotAllowed, Reason, Verdict, WrongState

AMENDING = (Verb.AMEND_EDITION, Verb.ADD_CRITERION, Verb.DROP_CRITERION)
MAX_CRITERIA = 99
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
RESERVED_FACT_NAMES = frozenset({"text", "signatory", "signed_on"})
"""Names of other fields of an answer, which no fact may have."""
FACT_KEYS = frozenset({"name", "kind", "label_zh", "label_en", "required", "choices", "role", "future"})


def may_amend(by: User | None, edition: PolicyEdition) -> Verdict:
    """Check that the edition is a draft."""
    if not edition.is_draft:
        return Verdict.no(
            "published",
            _("The edition has been published and cannot be changed. Draft a new edition from it."),
            WrongState,
        )
    return ALLOWED


def may_amend_criterion(by: User | None, criterion: Criterion) -> Verdict:
    """Check that the criterion belongs to a draft."""
    return may_amend(by, criterion.edition)


def may_publish(by: User | None, edition: PolicyEdition) -> Verdict:
    """Check that the draft is complete and this person neither drafted nor changed it."""
    verdict = may_amend(by, edition)
    if verdict and by is not None and (edition.drafted_by == by or _has_amended(by, edition)):
        return Verdict.no(
            "four_eyes",
            _("You drafted or changed this edition; another person must publish it."),
            NotAllowed,
        )
    return verdict and check_criteria(list(edition.criteria.all()))


def _has_amended(user: User, edition: PolicyEdition) -> bool:
    return history_of(edition).filter(verb__in=AMENDING, actor=user).exists()


def check_criteria(criteria: list[Criterion]) -> Verdict:
    """Check that criteria form an edition: at least one, numbered without gaps, each valid."""
    return Verdict.of(Reason("criteria", fault, Incomplete) for fault in _faults(criteria))


def _faults(criteria: list[Criterion]) -> Iterator[str]:
    if sorted(one.number for one in criteria) != list(range(1, len(criteria) + 1)) or not criteria:
        yield _("The criteria must be numbered from 1 without gaps or duplicates.")
    if len({one.slug for one in criteria}) < len(criteria):
        yield _("Each criterion must have its own code.")
    for what in Provides:
        if sum(one.provides == what for one in criteria) > 1:
            yield _("Only one criterion can provide: %(what)s.") % {"what": what.label}
    for one in sorted(criteria, key=lambda one: one.number):
        for fault in faults_of(one):
            yield f"{one}：{fault}"


def faults_of(criterion: Criterion) -> list[str]:
    """Return what is wrong with a criterion, in plain words; empty if it is valid."""
    try:
        criterion.clean_fields(exclude=["edition"])
    except ValidationError as error:
        return [
            f"{getattr(criterion._meta.get_field(name), 'verbose_name', name)}：{' '.join(texts)}"
            for name, texts in error.message_dict.items()
        ]
    shape = [*_shape_of_facts(criterion.facts), *_shape_of_checks(criterion.checks)]
    return shape or [
        *_in_itself(criterion),
        *_of_facts(criterion.fact_fields),
        *_of_checks(criterion),
        *_of_provides(criterion),
    ]


def _in_itself(criterion: Criterion) -> Iterator[str]:
    if not criterion.official_text.strip():
        yield _("Every criterion must have an official text.")
    if not 1 <= criterion.number <= MAX_CRITERIA:
        yield _("The number must be between 1 and %(most)s.") % {"most": MAX_CRITERIA}
    if criterion.evidence_needed and not (criterion.evidence_zh and criterion.evidence_en):
        yield _("Describe the required evidence in both languages.")
    if criterion.undertaking_needed and not (criterion.undertaking_zh and criterion.undertaking_en):
        yield _("Describe the undertaking in both languages.")


def _shape_of_facts(facts: object) -> Iterator[str]:
    """Check the structure of facts given by a file or a program."""
    if not isinstance(facts, list) or not all(isinstance(fact, Mapping) for fact in facts):
        yield _("The facts must be a list.")
        return
    for fact in facts:
        name = fact.get("name")
        texts = [name, fact.get("label_zh"), fact.get("label_en"), fact.get("role", "")]
        if fact.keys() - FACT_KEYS or not all(isinstance(text, str) for text in texts):
            yield _("A fact has a name, a kind and a label in both languages, and nothing else.")
        elif fact.get("kind") not in FactKind.values:
            yield _("Fact %(name)s: unknown kind.") % {"name": name}
        elif fact.get("role") and fact["role"] not in FactRole.values:
            yield _("Fact %(name)s: it cannot be used as this.") % {"name": name}
        elif not isinstance(fact.get("future", False), bool):
            yield _("Fact %(name)s: future is true or false.") % {"name": name}
        elif not isinstance(fact.get("required", True), bool) or not _are_choices(fact.get("choices", [])):
            yield _("Fact %(name)s: each option has a value and a label in both languages.") % {"name": name}


def _are_choices(choices: Any) -> bool:
    keys = {"value", "label_zh", "label_en"}
    return isinstance(choices, list) and all(
        isinstance(one, Mapping)
        and one.keys() == keys
        and all(isinstance(text, str) for text in one.values())
        for one in choices
    )


def _shape_of_checks(checks: object) -> Iterator[str]:
    """Check the structure of checks given by a file or a program."""
    if not isinstance(checks, list) or not all(isinstance(check, Mapping) for check in checks):
        yield _("The checks must be a list.")
        return
    for check in checks:
        facts = check.get("facts", [])
        if check.keys() - {"name", "facts"} or check.get("name") not in CheckName.values:
            yield _("There is no check %(name)s.") % {"name": check.get("name")}
        elif not isinstance(facts, list) or not all(isinstance(name, str) for name in facts):
            yield _("A check must name the facts it reads.")


def _of_facts(fields: tuple[FactField, ...]) -> Iterator[str]:
    names = [one.name for one in fields]
    for one in fields:
        named = {"name": one.name}
        if NAME.fullmatch(one.name) is None:
            yield _("Fact %(name)s: use only lowercase letters, digits and underscores in the name.") % named
        if one.name in RESERVED_FACT_NAMES or names.count(one.name) > 1:
            yield _("Fact %(name)s: this name is already in use.") % named
        if not (one.label_zh.strip() and one.label_en.strip()):
            yield _("Fact %(name)s: enter the label in both languages.") % named
        if (one.kind == FactKind.CHOICE) != bool(one.choices):
            yield (
                _("Fact %(name)s: the kind “choice” requires options; other kinds cannot have them.") % named
            )
        if len({choice.value for choice in one.choices}) < len(one.choices):
            yield _("Fact %(name)s: option values must be unique.") % named


def _of_checks(criterion: Criterion) -> Iterator[str]:
    kinds = {one.name: one.kind for one in criterion.fact_fields}
    for check in criterion.check_specs:
        named = {"name": check.name.label}
        unknown = [name for name in check.facts if name not in kinds]
        if unknown:
            yield _("Check “%(name)s”: there is no fact %(fact)s.") % {**named, "fact": "、".join(unknown)}
        elif check.name not in CHECKED_KINDS:
            if check.facts:
                yield _("Check “%(name)s” does not read facts.") % named
        elif not check.facts or {kinds[name] for name in check.facts} - CHECKED_KINDS[check.name]:
            wanted = "、".join(sorted(str(kind.label) for kind in CHECKED_KINDS[check.name]))
            yield _("Check “%(name)s” must read facts of this kind: %(kinds)s.") % {**named, "kinds": wanted}


def _of_provides(criterion: Criterion) -> Iterator[str]:
    asked = PARTICULARS[Provides(criterion.provides)] if criterion.provides else {}
    held = [one.role for one in criterion.fact_fields if one.role]
    for role, kind in asked.items():
        if [one.kind for one in criterion.fact_fields if one.role == role] != [kind]:
            yield _("Exactly one fact of the kind “%(kind)s” must be used as: %(role)s.") % {
                "kind": kind.label,
                "role": role.label,
            }
    for role in held:
        if role not in asked:
            yield _("The criterion does not provide: %(role)s.") % {"role": role.label}
    if criterion.provides == Provides.CONFIDENTIALITY_AGREEMENT and not criterion.evidence_needed:
        yield _("The confidentiality agreement itself must be the required evidence.")
    needed_for = NeededFor(criterion.needed_for)
    if needed_for in RECORDED_AFTER_APPROVAL and criterion.provides != RECORDED_AFTER_APPROVAL[needed_for]:
        yield _("After the approval, only this can still be recorded: %(what)s. Choose an earlier step.") % {
            "what": RECORDED_AFTER_APPROVAL[needed_for].label
        }


def warnings_before_publishing(edition: PolicyEdition) -> list[str]:
    """Say what an edition does not require before issuing, and the consequence."""
    said = {
        Provides.CONFIDENTIALITY_AGREEMENT: _("No criterion requires the confidentiality agreement."),
        Provides.TECHNICAL_REVIEW: _(
            "No criterion requires the central bank's technical review: issuing begins with the "
            "qualification."
        ),
    }
    return [text for what, text in said.items() if edition.criterion_providing(what) is None]


def criterion_fields(criterion: Criterion) -> dict[str, Any]:
    """Return the values of `CRITERION_FIELDS`, by name."""
    return {name: getattr(criterion, name) for name in CRITERION_FIELDS}
