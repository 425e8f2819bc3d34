"""What may be done with a policy edition, and what is wrong with what it says."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from admission.editions.facts import FactField
from admission.editions.models import SAYS, Criterion, PolicyEdition
from admission.editions.terms import (
    FOLLOWS,
    PARTICULARS,
    READS,
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
MOST_CRITERIA = 99
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
OF_THE_ANSWER = frozenset({"text", "signatory", "signed_on"})
"""What every answer holds beside its facts; no fact has such a name."""
FACT_KEYS = frozenset({"name", "kind", "label_zh", "label_en", "required", "choices", "role", "future"})


def may_amend(by: User | None, edition: PolicyEdition) -> Verdict:
    """Whether an edition can be changed: a draft only."""
    if not edition.is_draft:
        return Verdict.no(
            "published",
            _("The edition is published and stays as it is. Draft a new one from it."),
            WrongState,
        )
    return ALLOWED


def may_amend_criterion(by: User | None, criterion: Criterion) -> Verdict:
    """Whether a criterion can be changed: in a draft only."""
    return may_amend(by, criterion.edition)


def may_publish(by: User | None, edition: PolicyEdition) -> Verdict:
    """Whether this person may publish an edition: a complete draft in which no word is theirs."""
    verdict = may_amend(by, edition)
    if verdict and by is not None and (edition.drafted_by == by or _has_amended(by, edition)):
        return Verdict.no(
            "four_eyes",
            _("You drafted or changed this edition; another person publishes it."),
            NotAllowed,
        )
    return verdict and makes_sense(list(edition.criteria.all()))


def _has_amended(user: User, edition: PolicyEdition) -> bool:
    return history_of(edition).filter(verb__in=AMENDING, actor=user).exists()


def makes_sense(criteria: list[Criterion]) -> Verdict:
    """Whether criteria can be an edition: at least one, numbered without a gap, each right in itself."""
    return Verdict.of(Reason("criteria", fault, Incomplete) for fault in _faults(criteria))


def _faults(criteria: list[Criterion]) -> Iterator[str]:
    if sorted(one.number for one in criteria) != list(range(1, len(criteria) + 1)) or not criteria:
        yield _("The criteria are numbered from 1 on, without a gap, each number once.")
    if len({one.slug for one in criteria}) < len(criteria):
        yield _("Each criterion has a code of its own.")
    for what in Provides:
        if sum(one.provides == what for one in criteria) > 1:
            yield _("%(what)s is provided by one criterion only.") % {"what": what.label}
    for one in sorted(criteria, key=lambda one: one.number):
        for fault in faults_of(one):
            yield f"{one}：{fault}"


def faults_of(criterion: Criterion) -> list[str]:
    """What is wrong with what is said of a criterion, in plain words; empty when nothing is."""
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
        yield _("A criterion has an official text.")
    if not 1 <= criterion.number <= MOST_CRITERIA:
        yield _("A number lies between 1 and %(most)s.") % {"most": MOST_CRITERIA}
    if criterion.evidence_needed and not (criterion.evidence_zh and criterion.evidence_en):
        yield _("Say in both languages what evidence is needed.")
    if criterion.undertaking_needed and not (criterion.undertaking_zh and criterion.undertaking_en):
        yield _("Say in both languages what the bank undertakes.")


def _shape_of_facts(facts: object) -> Iterator[str]:
    """What is no list of facts at all, as a file or a program may give it."""
    if not isinstance(facts, list) or not all(isinstance(fact, Mapping) for fact in facts):
        yield _("The facts are a list.")
        return
    for fact in facts:
        name = fact.get("name")
        texts = [name, fact.get("label_zh"), fact.get("label_en"), fact.get("role", "")]
        if fact.keys() - FACT_KEYS or not all(isinstance(text, str) for text in texts):
            yield _("A fact has a name, a kind and a label in both languages, and nothing unknown.")
        elif fact.get("kind") not in FactKind.values:
            yield _("Fact %(name)s: there is no such kind.") % {"name": name}
        elif fact.get("role") and fact["role"] not in FactRole.values:
            yield _("Fact %(name)s: it cannot hold this.") % {"name": name}
        elif not isinstance(fact.get("future", False), bool):
            yield _("Fact %(name)s: future is true or false.") % {"name": name}
        elif not isinstance(fact.get("required", True), bool) or not _are_choices(fact.get("choices", [])):
            yield _("Fact %(name)s: a choice has a value and a label in both languages.") % {"name": name}


def _are_choices(choices: Any) -> bool:
    keys = {"value", "label_zh", "label_en"}
    return isinstance(choices, list) and all(
        isinstance(one, Mapping)
        and one.keys() == keys
        and all(isinstance(text, str) for text in one.values())
        for one in choices
    )


def _shape_of_checks(checks: object) -> Iterator[str]:
    """What is no list of checks at all."""
    if not isinstance(checks, list) or not all(isinstance(check, Mapping) for check in checks):
        yield _("The checks are a list.")
        return
    for check in checks:
        facts = check.get("facts", [])
        if check.keys() - {"name", "facts"} or check.get("name") not in CheckName.values:
            yield _("There is no check %(name)s.") % {"name": check.get("name")}
        elif not isinstance(facts, list) or not all(isinstance(name, str) for name in facts):
            yield _("A check names the facts that it reads.")


def _of_facts(fields: tuple[FactField, ...]) -> Iterator[str]:
    names = [one.name for one in fields]
    for one in fields:
        named = {"name": one.name}
        if NAME.fullmatch(one.name) is None:
            yield _("Fact %(name)s: a name has small letters, digits and underscores only.") % named
        if one.name in OF_THE_ANSWER or names.count(one.name) > 1:
            yield _("Fact %(name)s: this name is taken.") % named
        if not (one.label_zh.strip() and one.label_en.strip()):
            yield _("Fact %(name)s: give the label in both languages.") % named
        if (one.kind == FactKind.CHOICE) != bool(one.choices):
            yield _("Fact %(name)s: a choice, and nothing else, has things to choose from.") % named
        if len({choice.value for choice in one.choices}) < len(one.choices):
            yield _("Fact %(name)s: each value can be chosen once.") % named


def _of_checks(criterion: Criterion) -> Iterator[str]:
    kinds = {one.name: one.kind for one in criterion.fact_fields}
    for check in criterion.check_specs:
        named = {"name": check.name.label}
        unknown = [name for name in check.facts if name not in kinds]
        if unknown:
            yield _("Check “%(name)s”: there is no fact %(fact)s.") % {**named, "fact": "、".join(unknown)}
        elif check.name not in READS:
            if check.facts:
                yield _("Check “%(name)s” reads no facts.") % named
        elif not check.facts or {kinds[name] for name in check.facts} - READS[check.name]:
            wanted = "、".join(sorted(str(kind.label) for kind in READS[check.name]))
            yield _("Check “%(name)s” reads facts of this kind: %(kinds)s.") % {**named, "kinds": wanted}


def _of_provides(criterion: Criterion) -> Iterator[str]:
    asked = PARTICULARS[Provides(criterion.provides)] if criterion.provides else {}
    held = [one.role for one in criterion.fact_fields if one.role]
    for role, kind in asked.items():
        if [one.kind for one in criterion.fact_fields if one.role == role] != [kind]:
            yield _("One fact, of the kind “%(kind)s”, holds this: %(role)s.") % {
                "kind": kind.label,
                "role": role.label,
            }
    for role in held:
        if role not in asked:
            yield _("The criterion provides nothing with this: %(role)s.") % {"role": role.label}
    if criterion.provides == Provides.CONFIDENTIALITY_AGREEMENT and not criterion.evidence_needed:
        yield _("The confidentiality agreement itself is needed as evidence.")
    needed_for = NeededFor(criterion.needed_for)
    if needed_for in FOLLOWS and criterion.provides != FOLLOWS[needed_for]:
        yield _("After the approval only this can be recorded: %(what)s. Choose an earlier step.") % {
            "what": FOLLOWS[needed_for].label
        }


def without_what_follows(edition: PolicyEdition) -> list[str]:
    """What an edition does not ask for before issuing, and what that causes; to be read before it is published."""
    said = {
        Provides.CONFIDENTIALITY_AGREEMENT: _("No criterion asks for the confidentiality agreement."),
        Provides.TECHNICAL_REVIEW: _(
            "No criterion asks for the central bank's technical review: issuing begins with the qualification."
        ),
    }
    return [text for what, text in said.items() if edition.criterion_providing(what) is None]


def said_of(criterion: Criterion) -> dict[str, Any]:
    """All that an edition says of a criterion, by field."""
    return {name: getattr(criterion, name) for name in SAYS}
