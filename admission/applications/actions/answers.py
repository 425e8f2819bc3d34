"""Actions on the answers to the criteria."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from admission.applications.actions.cases import lock, note
from admission.applications.models import Answer, Application
from admission.applications.rules import may_edit
from admission.editions.models import Criterion
from banks.register.rules import require
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused, Stale, WrongState


@transaction.atomic(durable=True)
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
    """Save what the bank says to one criterion.

    Args:
        facts: cleaned by `facts.clean_facts`.
        signatory, signed_on: who signed the undertaking, and when; not in the future.
        version: the version of the answer that the person had before them; 0 when there was none.

    Raises:
        Stale: a colleague has saved the same answer since.
    """
    require(by, Verb.SAVE_ANSWER, bank=application.bank)
    application = lock(application)
    may_edit(application, criterion).require(WrongState)
    answer = answer_of(application, criterion, by)
    if answer.version != version:
        raise Stale(
            _("%(person)s has saved this answer since you opened it. Compare, then save again.")
            % {"person": answer.saved_by}
        )
    if signed_on and signed_on > clock.today():
        raise Refused(_("The date of signature is in the future."))
    answer.text, answer.facts, answer.signatory, answer.signed_on = text, facts, signatory, signed_on
    answer.version += 1
    answer.saved_at, answer.saved_by = clock.now(), by
    answer.save(update_fields=["text", "facts", "signatory", "signed_on", "version", "saved_at", "saved_by"])
    note(application, Verb.SAVE_ANSWER, by, criterion=criterion.number, version=answer.version)
    return answer


def answer_of(application: Application, criterion: Criterion, by: User) -> Answer:
    """The answer to a criterion, its row locked; an empty one is made where there was none."""
    if criterion.edition_id != application.edition_id:
        raise Refused(_("This criterion belongs to another policy edition."))
    answer, _created = Answer.objects.select_for_update(no_key=True, of=("self",)).get_or_create(
        application=application, criterion=criterion, defaults={"saved_at": clock.now(), "saved_by": by}
    )
    return answer
