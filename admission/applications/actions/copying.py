"""Copying answers from an earlier application of the same bank."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from admission.applications.actions.answers import answer_of, record_kept
from admission.applications.models import Answer, Application, Evidence
from admission.applications.states import ApplicationState
from admission.editions.models import Criterion
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete


@dataclass(frozen=True)
class EarlierAnswer:
    """An answer of the earlier application that can be copied, with reasons against copying it unchanged."""

    criterion: Criterion
    answer: Answer
    evidence: tuple[Evidence, ...]
    expired: tuple[Evidence, ...]
    text_changed: bool
    answered: bool

    @property
    def facts(self) -> dict[str, Any]:
        """The facts that the criterion still defines in the same way."""
        asked = {(field.name, field.kind) for field in self.criterion.fact_fields}
        return {
            field.name: self.answer.facts[field.name]
            for field in self.answer.criterion.fact_fields
            if field.name in self.answer.facts and (field.name, field.kind) in asked
        }

    @property
    def is_preselected(self) -> bool:
        """Whether copying is proposed: no answer yet, no expired evidence, and an unchanged criterion."""
        return not (self.answered or self.expired or self.text_changed)


def earlier_application(application: Application) -> Application | None:
    """Return the bank's last closed application before this one, or None."""
    closed = Application.objects.filter(bank_id=application.bank_id, pk__lt=application.pk)
    return closed.exclude(closed_on=None).order_by("-pk").first()


def earlier_answers(application: Application) -> list[EarlierAnswer]:
    """Return what can be copied, matched by the criterion's code; a constant number of queries."""
    source = earlier_application(application)
    if source is None:
        return []
    given = {answer.criterion.slug: answer for answer in source.answers.with_evidence() if is_filled(answer)}
    answered = {answer.criterion_id for answer in application.answers.with_evidence() if is_filled(answer)}
    return [
        _earlier(given[criterion.slug], criterion, criterion.pk in answered)
        for criterion in application.edition.criteria.all()
        if criterion.slug in given
    ]


def is_filled(answer: Answer) -> bool:
    """Whether an answer has any content."""
    return bool(answer.text or answer.signatory or answer.facts or answer.standing_evidence)


def _earlier(answer: Answer, criterion: Criterion, answered: bool) -> EarlierAnswer:
    today = clock.today()
    standing = answer.counted_evidence
    return EarlierAnswer(
        criterion=criterion,
        answer=answer,
        evidence=tuple(one for one in standing if not _expired(one, today)),
        expired=tuple(one for one in standing if _expired(one, today)),
        text_changed=answer.criterion.official_text != criterion.official_text,
        answered=answered,
    )


def _expired(evidence: Evidence, today: dt.date) -> bool:
    return evidence.expires_on is not None and evidence.expires_on < today


@action(Verb.COPY_ANSWERS, on="application", states=frozenset({ApplicationState.DRAFT}))
def copy_answers(*, application: Application, by: User, numbers: Collection[int]) -> list[Answer]:
    """Copy the answers to these criteria: text, facts, and evidence that has not expired.

    Signatures are not copied. An existing answer to one of the criteria is overwritten.

    Args:
        numbers: numbers of the criteria.

    Raises:
        NotAllowed: `by` does not act for the bank.
        WrongState: the application is no longer a draft.
        Incomplete: no criterion is chosen, or one of them has nothing to copy.
    """
    offered = {earlier.criterion.number: earlier for earlier in earlier_answers(application)}
    if not numbers or not set(numbers) <= offered.keys():
        raise Incomplete(_("Select the criteria whose answers are still correct."))
    copied = [_copy(application, offered[number], by) for number in sorted(set(numbers))]
    source = earlier_application(application)
    record(data={"criteria": sorted(set(numbers)), "source": str(source)})
    return copied


def _copy(application: Application, earlier: EarlierAnswer, by: User) -> Answer:
    answer = answer_of(application, earlier.criterion, by)
    record_kept(answer)
    answer.text, answer.facts = earlier.answer.text, earlier.facts
    answer.version += 1
    answer.recorded_version = answer.version
    answer.saved_at, answer.saved_by = clock.now(), by
    answer.save(update_fields=["text", "facts", "version", "recorded_version", "saved_at", "saved_by"])
    held = {one.file_id for one in answer.standing_evidence}
    Evidence.objects.bulk_create(
        Evidence(answer=answer, file=one.file, issued_on=one.issued_on, expires_on=one.expires_on)
        for one in earlier.evidence
        if one.file_id not in held
    )
    return answer
