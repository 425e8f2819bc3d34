"""Actions on opinions of the medical insurance side: ask, withdraw the question, give."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from admission.applications.models import Application
from admission.editions.models import Criterion
from admission.review.models import Opinion
from admission.review.rules import is_awaited, may_ask, may_ask_opinion, may_give_opinion
from admission.review.states import UNDER_REVIEW, OpinionResult
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, filled


@action(Verb.ASK_OPINION, on="application", states=UNDER_REVIEW, rule=may_ask)
def ask_opinion(*, application: Application, by: User, criteria: Sequence[Criterion]) -> list[Opinion]:
    """Ask the medical insurance side about criteria on which it is consulted; the recommendation waits.

    Raises:
        NotAllowed: the role, or a declared conflict.
        WrongState: the application is not under review, or a criterion is not consulted on or was asked about already.
        Incomplete: no criterion is given.
    """
    for criterion in criteria:
        may_ask_opinion(application, criterion).require()
    if not criteria:
        raise Incomplete(_("Select at least one criterion."))
    asked = [
        Opinion.objects.create(
            application=application, criterion=criterion, asked_at=clock.now(), asked_by=by
        )
        for criterion in criteria
    ]
    record(data={"criteria": [criterion.number for criterion in criteria]})
    return asked


@action(Verb.WITHDRAW_QUESTION, on="opinion", within="application", rule=is_awaited)
def withdraw_question(*, opinion: Opinion, by: User, reason: str) -> Opinion:
    """Withdraw an unanswered question; the recommendation no longer waits for it.

    Raises:
        NotAllowed: the role, or a declared conflict.
        WrongState: it is answered or withdrawn already, or the case is closed.
        Incomplete: the reason is empty.
    """
    reason = filled(reason, _("Explain why the question is withdrawn."))
    opinion.withdrawn_at = clock.now()
    opinion.save(update_fields=["withdrawn_at"])
    record(subject=opinion.application, reason=reason, data={"criterion": opinion.criterion.number})
    return opinion


@action(Verb.GIVE_OPINION, on="opinion", within="application", rule=may_give_opinion)
def give_opinion(
    *, opinion: Opinion, by: User, result: OpinionResult, given_on: dt.date, text: str
) -> Opinion:
    """Give the opinion of the medical insurance side.

    Args:
        given_on: date of the opinion (local date), not in the future.
        text: required for an objection.

    Raises:
        NotAllowed: the role, or the person asked the question (four eyes).
        WrongState: it is answered or withdrawn already, or the case is closed.
        Incomplete: the date is in the future, or an objection has no text.
    """
    if given_on > clock.today():
        raise Incomplete(_("The date of the opinion is in the future."))
    if result is OpinionResult.OBJECTS:
        filled(text, _("Describe the objection."))
    opinion.result, opinion.text, opinion.given_on = result, text.strip(), given_on
    opinion.given_at, opinion.given_by = clock.now(), by
    opinion.save(update_fields=["result", "text", "given_on", "given_at", "given_by"])
    record(
        subject=opinion.application,
        reason=opinion.text,
        data={"criterion": opinion.criterion.number, "result": result, "given_on": given_on},
    )
    return opinion
