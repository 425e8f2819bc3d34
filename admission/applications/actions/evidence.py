"""Actions on evidence: attach, replace, correct dates, remove, restore; earlier revisions are kept."""

import datetime as dt

from django.core.files import File

from admission.applications.actions.answers import answer_of
from admission.applications.actions.documents import record_document, retire, take
from admission.applications.models import Application, Evidence
from admission.applications.rules import attached_once, may_change_evidence, may_edit, may_restore_evidence
from admission.applications.states import WITH_BANK
from admission.editions.models import Criterion
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.files.chosen import digest_of
from zsbank.base.permissions import Verb


@action(Verb.ATTACH_EVIDENCE, on="application", states=WITH_BANK)
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
    """Attach a document to the answer to a criterion.

    Args:
        name: file name as given by the person.
        issued_on: date of issue of the document (local date).
        expires_on: last day on which it is valid (local date); None if it does not expire.
            Impossible dates are stored; they prevent submission until they are corrected.

    Raises:
        NotAllowed: `by` does not act for the bank.
        WrongState: the application is with the bureau, or this criterion is not to be supplemented.
        FileRefused: it exceeds the quota of the case, is attached already, or its content is not accepted.
        Refused: the criterion belongs to another edition.
    """
    may_edit(application, criterion).require()
    answer = answer_of(application, criterion, by)
    attached_once(answer, digest_of(content)).require()
    file = take(application, content, name, by)
    evidence = Evidence.objects.create(answer=answer, file=file, issued_on=issued_on, expires_on=expires_on)
    _record(evidence)
    return evidence


@action(
    Verb.REPLACE_EVIDENCE,
    on="evidence",
    within="answer.application",
    states=WITH_BANK,
    rule=may_change_evidence,
)
def replace_evidence(
    *,
    evidence: Evidence,
    by: User,
    content: File,  # type: ignore[type-arg]
    name: str,
    issued_on: dt.date | None = None,
    expires_on: dt.date | None = None,
) -> Evidence:
    """Replace a document by a newer one; the earlier revision is kept with its SHA-256.

    Args:
        name, issued_on, expires_on: as for `attach_evidence`.

    Raises:
        NotAllowed: `by` does not act for the bank.
        WrongState: it was replaced or removed since, or may not be changed now.
        FileRefused: the new one exceeds the quota of the case, is attached already, or its content is not accepted.
    """
    attached_once(evidence.answer, digest_of(content), evidence).require()
    file = take(evidence.answer.application, content, name, by)
    retire(evidence)
    newer = Evidence.objects.create(
        answer=evidence.answer, file=file, issued_on=issued_on, expires_on=expires_on, replaces=evidence
    )
    _record(newer, replaced_sha256=evidence.file.sha256)
    return newer


@action(
    Verb.REMOVE_EVIDENCE,
    on="evidence",
    within="answer.application",
    states=WITH_BANK,
    rule=may_change_evidence,
)
def remove_evidence(*, evidence: Evidence, by: User) -> Evidence:
    """Remove a document from an answer; the file and its hash are kept.

    Raises:
        NotAllowed: `by` does not act for the bank.
        WrongState: it was replaced or removed since, or may not be changed now.
    """
    retire(evidence)
    _record(evidence)
    return evidence


@action(
    Verb.RESTORE_EVIDENCE,
    on="evidence",
    within="answer.application",
    states=WITH_BANK,
    rule=may_restore_evidence,
)
def restore_evidence(*, evidence: Evidence, by: User) -> Evidence:
    """Restore a document that was removed in the current draft.

    Raises:
        NotAllowed: the person does not act for the bank.
        WrongState: it is not removed, was removed in an earlier draft, or may not be changed now.
        FileRefused: the same file is attached again.
    """
    evidence.removed_at = None
    evidence.save(update_fields=["removed_at"])
    _record(evidence)
    return evidence


@action(
    Verb.CORRECT_EVIDENCE_DATES,
    on="evidence",
    within="answer.application",
    states=WITH_BANK,
    rule=may_change_evidence,
)
def correct_evidence_dates(
    *, evidence: Evidence, by: User, issued_on: dt.date | None, expires_on: dt.date | None
) -> Evidence:
    """Correct the dates of a document. Impossible dates are stored and prevent submission.

    Args:
        issued_on, expires_on: as for `attach_evidence`.

    Raises:
        NotAllowed: the person does not act for the bank.
        WrongState: it was replaced or removed since, or may not be changed now.
    """
    before = {"issued_on_before": evidence.issued_on, "expires_on_before": evidence.expires_on}
    evidence.issued_on, evidence.expires_on = issued_on, expires_on
    evidence.save(update_fields=["issued_on", "expires_on"])
    _record(evidence, issued_on=issued_on, expires_on=expires_on, **before)
    return evidence


def _record(evidence: Evidence, **more: object) -> None:
    answer = evidence.answer
    record_document(answer.application, evidence, criterion=answer.criterion.number, **more)
