"""Actions on the answers to the criteria."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from admission.applications.models import Answer, Application
from admission.applications.rules import may_edit
from admission.applications.states import WITH_BANK
from admission.editions.models import Criterion
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.permissions import Verb
from zsbank.base.refusals import EditConflict, Refused


@action(Verb.SAVE_ANSWER, on="application", states=WITH_BANK)
def save_answer(
    *,
    application: Application,
    criterion: Criterion,
    by: User,
    text: str,
    facts: dict[str, Any],
    signatory: str = "",
    signed_on: dt.date | None = None,
    version: int = 0,
) -> Answer:
    """Save the bank's answer to one criterion.

    Args:
        facts: as cleaned by `facts.clean_facts`; amounts in yuan.
        signatory: signer of the undertaking, for a criterion that requires one.
        signed_on: date of that signature (local date), not in the future.
        version: version of the answer the person was shown; 0 if there was none.

    Raises:
        NotAllowed: `by` does not act for the bank.
        WrongState: the application is with the bureau, or this criterion is not to be supplemented.
        EditConflict: a colleague has saved the same answer since.
        Refused: the criterion belongs to another edition, or the date of signature is in the future.
    """
    may_edit(application, criterion).require()
    answer = answer_of(application, criterion, by)
    if answer.version != version:
        raise EditConflict(
            _("%(person)s has saved this answer since you opened it. Compare, then save again.")
            % {"person": answer.saved_by}
        )
    if signed_on and signed_on > clock.today():
        raise Refused(_("The signature date is in the future."))
    answer.text, answer.facts, answer.signatory, answer.signed_on = text, facts, signatory, signed_on
    answer.version += 1
    answer.saved_at, answer.saved_by = clock.now(), by
    answer.save(update_fields=["text", "facts", "signatory", "signed_on", "version", "saved_at", "saved_by"])
    record(data={"criterion": criterion.number, "version": answer.version})
    return answer


def answer_of(application: Application, criterion: Criterion, by: User) -> Answer:
    """Return the answer to a criterion with its row locked; an empty one is created if needed.

    Raises:
        Refused: the criterion belongs to another edition.
    """
    if criterion.edition_id != application.edition_id:
        raise Refused(_("This criterion belongs to another policy edition."))
    answer, _created = Answer.objects.select_for_update(no_key=True, of=("self",)).get_or_create(
        application=application, criterion=criterion, defaults={"saved_at": clock.now(), "saved_by": by}
    )
    return answer
