"""Verbs of the evidence: attached, replaced by a newer revision, removed; what was there stays on record."""

import datetime as dt

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from admission.applications.actions.answers import answer_of
from admission.applications.actions.cases import lock, note
from admission.applications.models import Application, Evidence
from admission.applications.rules import may_edit
from admission.editions.models import Criterion
from banks.register.rules import require
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.files.actions import take_in
from zsbank.base.files.models import StoredFile
from zsbank.base.files.rules import has_room
from zsbank.base.permissions import Verb
from zsbank.base.refusals import FileRefused, Refused, WrongState


@transaction.atomic(durable=True)
def attach_evidence(
    *,
    application: Application,
    criterion: Criterion,
    by: User,
    content: File,  # type: ignore[type-arg]
    name: str,
    issued_on: dt.date | None = None,
    expires_on: dt.date | None = None,
) -> Evidence:
    """Attach a document to the answer to a criterion; its own dates are apart from the day it was handed in."""
    require(by, Verb.ATTACH_EVIDENCE, bank=application.bank)
    application = lock(application)
    may_edit(application, criterion).require(WrongState)
    _check_dates(issued_on, expires_on)
    answer = answer_of(application, criterion, by)
    file = _take(application, content, name, by)
    evidence = Evidence.objects.create(answer=answer, file=file, issued_on=issued_on, expires_on=expires_on)
    _note(application, Verb.ATTACH_EVIDENCE, by, evidence)
    return evidence


@transaction.atomic(durable=True)
def replace_evidence(
    *,
    evidence: Evidence,
    by: User,
    content: File,  # type: ignore[type-arg]
    name: str,
    issued_on: dt.date | None = None,
    expires_on: dt.date | None = None,
) -> Evidence:
    """Put a newer document in the place of one; the earlier revision stays with its SHA-256.

    Raises:
        WrongState: it was replaced or removed since, or may not be changed now.
    """
    application = lock(evidence.answer.application)
    require(by, Verb.REPLACE_EVIDENCE, bank=application.bank)
    earlier = _standing(evidence, application)
    _check_dates(issued_on, expires_on)
    file = _take(application, content, name, by)
    _retire(earlier)
    newer = Evidence.objects.create(
        answer=earlier.answer, file=file, issued_on=issued_on, expires_on=expires_on, replaces=earlier
    )
    _note(application, Verb.REPLACE_EVIDENCE, by, newer, replaced_sha256=earlier.file.sha256)
    return newer


@transaction.atomic(durable=True)
def remove_evidence(*, evidence: Evidence, by: User) -> Evidence:
    """Take a document off an answer; the file and its hash stay on record."""
    application = lock(evidence.answer.application)
    require(by, Verb.REMOVE_EVIDENCE, bank=application.bank)
    removed = _standing(evidence, application)
    _retire(removed)
    _note(application, Verb.REMOVE_EVIDENCE, by, removed)
    return removed


def _take(application: Application, content: File, name: str, by: User) -> StoredFile:  # type: ignore[type-arg]
    """Take a document in when the case has room for it."""
    held = StoredFile.objects.filter(evidence__answer__application=application).distinct()
    has_room(held, content.size or 0).require(FileRefused)
    return take_in(content=content, name=name, by=by)


def _standing(evidence: Evidence, application: Application) -> Evidence:
    """The row of a document that stands and may be changed now, locked."""
    row = (
        Evidence.objects.select_for_update(no_key=True, of=("self",))
        .select_related("file", "answer__criterion")
        .get(pk=evidence.pk)
    )
    may_edit(application, row.answer.criterion).require(WrongState)
    if row.removed_at is not None:
        raise WrongState.moved_on()
    return row


def _retire(evidence: Evidence) -> None:
    evidence.removed_at = clock.now()
    evidence.save(update_fields=["removed_at"])


def _check_dates(issued_on: dt.date | None, expires_on: dt.date | None) -> None:
    if issued_on and issued_on > clock.today():
        raise Refused(_("The document's date of issue is in the future."))
    if issued_on and expires_on and expires_on < issued_on:
        raise Refused(_("The document expires before it was issued."))


def _note(application: Application, verb: Verb, by: User, evidence: Evidence, **more: str) -> None:
    note(
        application,
        verb,
        by,
        criterion=evidence.answer.criterion.number,
        file=evidence.file.name,
        sha256=evidence.file.sha256,
        **more,
    )
