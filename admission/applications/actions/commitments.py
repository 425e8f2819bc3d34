"""Actions on the service commitment: attach or replace the scan, correct its signature, remove and restore it."""

import datetime as dt

from django.core.files import File
from django.utils.translation import gettext as _

from admission.applications.actions.documents import record_document, retire, take
from admission.applications.models import Application, ServiceCommitment
from admission.applications.rules import (
    may_change_commitment,
    may_change_this_commitment,
    may_restore_commitment,
)
from admission.applications.states import WITH_BANK
from admission.applications.undertakings import standing_commitment
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.files.formats import FileKind
from zsbank.base.permissions import Verb
from zsbank.base.refusals import EditConflict, FileRefused, filled

SCANS = frozenset({FileKind.PDF, FileKind.OFD, FileKind.JPEG, FileKind.PNG})
"""Kinds of file that can hold a signed and sealed sheet."""


@action(Verb.ATTACH_COMMITMENT, on="application", states=WITH_BANK, rule=may_change_commitment)
def attach_commitment(
    *,
    application: Application,
    by: User,
    content: File,  # type: ignore[type-arg]
    name: str,
    signatory: str,
    signed_on: dt.date,
    replaces: ServiceCommitment | None = None,
) -> ServiceCommitment:
    """Attach the scan of the signed service commitment; an earlier one is replaced and kept.

    Args:
        name: file name as given by the person.
        signatory: the person who signed for the bank.
        signed_on: date of the signature (local date). A date that cannot be is kept, and stands against submission.
        replaces: the service commitment that the person was shown; None if there was none.

    Raises:
        NotAllowed: `by` does not act for the bank.
        WrongState: the application is with the bureau, or no undertaking is to be supplemented.
        EditConflict: a colleague has attached or removed a service commitment since.
        FileRefused: it exceeds the quota of the case, or its content or kind is not accepted.
        Incomplete: the signatory is missing.
    """
    signatory = _named(signatory)
    earlier = standing_commitment(application)
    if earlier != replaces:
        raise EditConflict(_("A colleague has changed the service commitment since you opened the page."))
    file = take(application, content, name, by)
    if file.kind not in SCANS:
        raise FileRefused(_("The signed sheet must be a PDF, OFD, JPEG or PNG file."), "wrong_kind")
    if earlier is not None:
        retire(earlier)
    newer = ServiceCommitment.objects.create(
        application=application,
        file=file,
        signatory=signatory,
        signed_on=signed_on,
        replaces=earlier,
    )
    _record(newer, **({"replaced_sha256": earlier.file.sha256} if earlier else {}))
    return newer


@action(
    Verb.CORRECT_COMMITMENT,
    on="commitment",
    within="application",
    states=WITH_BANK,
    rule=may_change_this_commitment,
)
def correct_commitment(
    *, commitment: ServiceCommitment, by: User, signatory: str, signed_on: dt.date
) -> ServiceCommitment:
    """Correct signatory and date as entered for a scan that stays the same.

    Args:
        signatory, signed_on: as for `attach_commitment`.

    Raises:
        NotAllowed: `by` does not act for the bank.
        WrongState: it was replaced or removed since, or may not be changed now.
        Incomplete: the signatory is missing.
    """
    given = {"signatory": _named(signatory), "signed_on": signed_on}
    before = {name: getattr(commitment, name) for name in given}
    changed = {name: [before[name], value] for name, value in given.items() if value != before[name]}
    commitment.signatory, commitment.signed_on = _named(signatory), signed_on
    commitment.save(update_fields=["signatory", "signed_on"])
    record(subject=commitment.application, data={"file": commitment.file.name, "changed": changed})
    return commitment


@action(
    Verb.REMOVE_COMMITMENT,
    on="commitment",
    within="application",
    states=WITH_BANK,
    rule=may_change_this_commitment,
)
def remove_commitment(*, commitment: ServiceCommitment, by: User) -> ServiceCommitment:
    """Remove the service commitment; its file and hash are kept, and undertakings signed apart stay.

    Raises:
        NotAllowed: `by` does not act for the bank.
        WrongState: it was replaced or removed since, or may not be changed now.
    """
    retire(commitment)
    _record(commitment)
    return commitment


@action(
    Verb.RESTORE_COMMITMENT,
    on="commitment",
    within="application",
    states=WITH_BANK,
    rule=may_restore_commitment,
)
def restore_commitment(*, commitment: ServiceCommitment, by: User) -> ServiceCommitment:
    """Restore a service commitment that was removed in the current draft, and with it the undertakings it gives.

    Raises:
        NotAllowed: `by` does not act for the bank.
        WrongState: it is not removed, was removed in an earlier draft or replaced, another one stands, or it may not be
            changed now.
    """
    commitment.removed_at = None
    commitment.save(update_fields=["removed_at"])
    _record(commitment)
    return commitment


def _named(signatory: str) -> str:
    return filled(signatory, _("Enter the name of the person who signed."))


def _record(commitment: ServiceCommitment, **more: object) -> None:
    signed = {"signatory": commitment.signatory, "signed_on": commitment.signed_on}
    record_document(commitment.application, commitment, **signed, **more)
