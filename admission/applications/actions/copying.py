"""Answers that are still true, taken over from an earlier application of the same bank."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from admission.applications.actions.answers import answer_of
from admission.applications.actions.cases import lock, note
from admission.applications.models import Answer, Application, Evidence
from admission.applications.rules import may_copy
from admission.editions.models import Criterion
from banks.register.rules import require
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, WrongState


@dataclass(frozen=True)
class Offer:
    """An earlier answer that can be taken over, and what speaks against taking it as it is."""

    criterion: Criterion
    answer: Answer
    evidence: tuple[Evidence, ...]
    expired: tuple[Evidence, ...]
    text_changed: bool
    answered: bool

    @property
    def ticked(self) -> bool:
        """Whether it is proposed: nothing is answered yet, nothing has expired, the criterion says the same."""
        return not (self.answered or self.expired or self.text_changed)


def earlier_application(application: Application) -> Application | None:
    """The bank's last closed application before this one."""
    closed = Application.objects.filter(bank_id=application.bank_id, pk__lt=application.pk)
    return closed.exclude(closed_on=None).order_by("-pk").first()


def offers(application: Application) -> list[Offer]:
    """What can be taken over, by criterion; a constant number of queries."""
    source = earlier_application(application)
    if source is None:
        return []
    criteria = {criterion.number: criterion for criterion in application.edition.criteria.all()}
    answered = {answer.criterion.number for answer in application.answers.with_evidence() if says(answer)}
    return [
        _offer(answer, criteria[answer.criterion.number], answer.criterion.number in answered)
        for answer in source.answers.with_evidence()
        if says(answer) and answer.criterion.number in criteria
    ]


def says(answer: Answer) -> bool:
    """Whether there is anything in an answer."""
    return bool(answer.text or answer.signatory or answer.facts or answer.standing_evidence)


def _offer(answer: Answer, criterion: Criterion, answered: bool) -> Offer:
    today = clock.today()
    standing = answer.counted_evidence
    return Offer(
        criterion=criterion,
        answer=answer,
        evidence=tuple(one for one in standing if not _expired(one, today)),
        expired=tuple(one for one in standing if _expired(one, today)),
        text_changed=answer.criterion.official_text != criterion.official_text,
        answered=answered,
    )


def _expired(evidence: Evidence, today: dt.date) -> bool:
    return evidence.expires_on is not None and evidence.expires_on < today


@transaction.atomic(durable=True)
def copy_answers(*, application: Application, by: User, numbers: Collection[int]) -> list[Answer]:
    """Take over the answers to these criteria: words, facts and evidence that has not expired.

    An undertaking is signed anew. What is answered already is overwritten where its number is given.

    Raises:
        WrongState: no longer a draft, or there is no earlier application.
        Incomplete: no criterion is chosen, or one of which there is nothing to take over.
    """
    require(by, Verb.COPY_ANSWERS, bank=application.bank)
    application = lock(application)
    may_copy(application).require(WrongState)
    offered = {offer.criterion.number: offer for offer in offers(application)}
    if not numbers or not set(numbers) <= offered.keys():
        raise Incomplete(_("Choose the criteria whose answers are still true."))
    copied = [_copy(application, offered[number], by) for number in sorted(set(numbers))]
    source = earlier_application(application)
    note(application, Verb.COPY_ANSWERS, by, criteria=sorted(set(numbers)), source=str(source))
    return copied


def _copy(application: Application, offer: Offer, by: User) -> Answer:
    answer = answer_of(application, offer.criterion, by)
    answer.text, answer.facts = offer.answer.text, offer.answer.facts
    answer.version += 1
    answer.saved_at, answer.saved_by = clock.now(), by
    answer.save(update_fields=["text", "facts", "version", "saved_at", "saved_by"])
    held = {one.file_id for one in answer.standing_evidence}
    Evidence.objects.bulk_create(
        Evidence(answer=answer, file=one.file, issued_on=one.issued_on, expires_on=one.expires_on)
        for one in offer.evidence
        if one.file_id not in held
    )
    return answer
