"""Actions on opinions of the medical insurance side: asked, taken back, given."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from admission.applications.actions.cases import lock, note
from admission.applications.models import Application
from admission.editions.models import Criterion
from admission.review.models import Opinion
from admission.review.rules import (
    may_act,
    may_answer_opinion,
    may_ask_opinion,
    may_give_opinion,
)
from admission.review.states import OpinionResult
from banks.register.rules import require
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, WrongState


@transaction.atomic(durable=True)
def ask_opinion(*, application: Application, by: User, criteria: Sequence[Criterion]) -> list[Opinion]:
    """Ask the medical insurance side about criteria of its own (6, 16, 23); the recommendation waits for it."""
    may_act(by, Verb.ASK_OPINION, application).require(NotAllowed)
    application = lock(application)
    for criterion in criteria:
        may_ask_opinion(application, criterion).require(WrongState)
    if not criteria:
        raise Incomplete(_("Choose at least one criterion."))
    asked = [
        Opinion.objects.create(
            application=application, criterion=criterion, asked_at=clock.now(), asked_by=by
        )
        for criterion in criteria
    ]
    note(application, Verb.ASK_OPINION, by, criteria=[criterion.number for criterion in criteria])
    return asked


@transaction.atomic(durable=True)
def take_back_opinion(*, opinion: Opinion, by: User, reason: str) -> Opinion:
    """Take an unanswered question back, with the reason; the recommendation waits for it no longer."""
    may_act(by, Verb.ASK_OPINION, opinion.application).require(NotAllowed)
    application = lock(opinion.application)
    opinion = (
        Opinion.objects.select_for_update(no_key=True, of=("self",))
        .select_related("criterion")
        .get(pk=opinion.pk)
    )
    may_give_opinion(opinion).require(WrongState)
    if not reason.strip():
        raise Incomplete(_("Say why it is taken back."))
    opinion.taken_back_at = clock.now()
    opinion.save(update_fields=["taken_back_at"])
    note(application, Verb.TAKE_BACK_OPINION, by, reason=reason.strip(), criterion=opinion.criterion.number)
    return opinion


@transaction.atomic(durable=True)
def give_opinion(
    *, opinion: Opinion, by: User, result: OpinionResult, given_on: dt.date, text: str
) -> Opinion:
    """The medical insurance side answers, with the date of its opinion; an objection says why.

    Raises:
        WrongState: answered already, or taken back.
        NotAllowed: wrong role, or one person asks and answers.
    """
    require(by, Verb.GIVE_OPINION)
    application = lock(opinion.application)
    opinion = (
        Opinion.objects.select_for_update(no_key=True, of=("self",))
        .select_related("criterion")
        .get(pk=opinion.pk)
    )
    verdict = may_answer_opinion(by, opinion)
    verdict.require(NotAllowed if "four_eyes" in {reason.code for reason in verdict.reasons} else WrongState)
    if given_on > clock.today():
        raise Incomplete(_("The date of the opinion is in the future."))
    if result is OpinionResult.OBJECTS and not text.strip():
        raise Incomplete(_("Say what the objection is."))
    opinion.result, opinion.text, opinion.given_on = result, text.strip(), given_on
    opinion.given_at, opinion.given_by = clock.now(), by
    opinion.save(update_fields=["result", "text", "given_on", "given_at", "given_by"])
    note(
        application,
        Verb.GIVE_OPINION,
        by,
        reason=text.strip(),
        criterion=opinion.criterion.number,
        result=result,
        given_on=given_on,
    )
    return opinion
