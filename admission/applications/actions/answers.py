"""Actions on the answers to the criteria."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from admission.applications.models import Answer, Application
from admission.applications.rules import may_edit, not_overtaken
from admission.applications.states import WITH_BANK
from admission.editions.models import Criterion
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused

WRITTEN = ("text", "facts", "signatory", "signed_on", "version", "saved_at", "saved_by", "saved_from")


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
    page: str = "",
) -> Answer:
    """Save the bank's answer to one criterion.

    Args:
        facts: as cleaned by `facts.clean_facts`; amounts in yuan.
        signatory: signer of the undertaking, for a criterion that requires one.
        signed_on: date of that signature (local date). A date that cannot be is kept, and stands against submission.
        version: version of the answer the person was shown; 0 if there was none.
        page: key of the opened page; its own saves are no conflict, as their answers can get lost on the way.

    Raises:
        NotAllowed: `by` does not act for the bank.
        WrongState: the application is with the bureau, or this criterion is not to be supplemented.
        EditConflict: a colleague, or the person in another window, has saved the same answer since.
        Refused: the criterion belongs to another edition.
    """
    answer = _write(application, criterion, by, text, facts, signatory, signed_on, version, page)
    answer.recorded_version = answer.version
    answer.save(update_fields=["recorded_version"])
    record(data={"criterion": criterion.number, "version": answer.version})
    return answer


@action(Verb.SAVE_ANSWER, on="application", states=WITH_BANK, recorded=False)
def keep_answer(
    *,
    application: Application,
    criterion: Criterion,
    by: User,
    text: str,
    facts: dict[str, Any],
    signatory: str = "",
    signed_on: dt.date | None = None,
    version: int = 0,
    page: str = "",
) -> Answer:
    """Autosave an answer, as `save_answer` does, without a journal entry for each pause in typing.

    The entry follows when the person saves, when another person writes, when the answer is submitted, or an hour after
    the last autosave (`record_typed`).

    Raises:
        WrongState, EditConflict, Refused: as for `save_answer`.
    """
    return _write(application, criterion, by, text, facts, signatory, signed_on, version, page)


@transaction.atomic(durable=True)
def record_typed(answer_id: int) -> bool:
    """Record an autosaved answer in the name of the person who typed it.

    Returns:
        Whether it was recorded.
    """
    rows = Answer.objects.select_for_update(no_key=True, of=("self",)).filter(pk=answer_id)
    answer = rows.exclude(version=F("recorded_version")).first()
    if answer is None:
        return False
    record_kept(answer)
    return True


def record_kept(answer: Answer) -> None:
    """Write the journal entry of an autosaved answer in the name of the person who typed it, if it is missing."""
    if answer.version == answer.recorded_version:
        return
    application = answer.application
    journal.record(
        verb=Verb.SAVE_ANSWER,
        by=answer.saved_by,
        subject=application,
        uscc=application.bank.uscc,
        data={
            "criterion": answer.criterion.number,
            "version": answer.version,
            "saved_at": timezone.localtime(answer.saved_at).isoformat(timespec="seconds"),
        },
    )
    answer.recorded_version = answer.version
    answer.save(update_fields=["recorded_version"])


def record_all_kept(application: Application) -> None:
    """Write the missing journal entries of all autosaved answers of an application."""
    rows = application.answers.exclude(version=F("recorded_version"))
    for answer in rows.select_for_update(no_key=True, of=("self",)).select_related("criterion", "saved_by"):
        record_kept(answer)


def _write(
    application: Application,
    criterion: Criterion,
    by: User,
    text: str,
    facts: dict[str, Any],
    signatory: str,
    signed_on: dt.date | None,
    version: int,
    page: str,
) -> Answer:
    """Write the answer; record an autosave of another person first.

    Raises:
        WrongState: the criterion cannot be edited now.
        EditConflict: the answer was saved since this version, and not from this page.
    """
    may_edit(application, criterion).require()
    answer = answer_of(application, criterion, by)
    not_overtaken(by, answer, version, page).require()
    if answer.saved_by_id != by.pk:
        record_kept(answer)
    answer.text, answer.facts, answer.signatory, answer.signed_on = text, facts, signatory, signed_on
    answer.version += 1
    answer.saved_at, answer.saved_by, answer.saved_from = clock.now(), by, page
    answer.save(update_fields=WRITTEN)
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
