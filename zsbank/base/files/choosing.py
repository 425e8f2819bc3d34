"""Files that a person selected in a form and has not submitted: kept, limited, discarded, removed after some days.

They are drafts of one person, without journal entries. An action that stores one uses the stored bytes (`chosen.use`).
"""

from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db import transaction

from zsbank.base.accounts.models import User
from zsbank.base.actions.after import after_commit
from zsbank.base.actions.rows import lock
from zsbank.base.calendar import clock
from zsbank.base.files import store
from zsbank.base.files.actions import store_upload
from zsbank.base.files.examined import examine
from zsbank.base.files.models import ChosenFile
from zsbank.base.files.queries import chosen_before
from zsbank.base.files.rules import may_choose
from zsbank.base.refusals import FileRefused

A_ROUND = 1000
"""Files removed in one run of the sweep."""


def choose(*, content: File, name: str, by: User) -> ChosenFile:  # type: ignore[type-arg]
    """Keep a selected file until the person submits or discards it; it is looked through before anything is locked.

    Raises:
        FileRefused: its content is not accepted, or the person has too many files that are not submitted.
    """
    may_choose(by, content.size or 0).require(FileRefused)
    examine(content, name)
    return _keep(content, name, by)


@transaction.atomic
def _keep(content: File, name: str, by: User) -> ChosenFile:  # type: ignore[type-arg]
    lock(by)
    may_choose(by, content.size or 0).require(FileRefused)
    file = store_upload(content=content, name=name, by=by)
    return ChosenFile.objects.create(file=file, by=by, at=clock.now())


def own(token: UUID, by: User) -> ChosenFile | None:
    """Return a file that this person selected; None if there is none."""
    return ChosenFile.objects.select_related("file").filter(token=token, by=by).first()


def take_back(*, token: UUID, by: User) -> bool:
    """Discard a file that this person selected.

    Returns:
        Whether there was one.
    """
    found = ChosenFile.objects.filter(token=token, by=by).values_list("pk", flat=True).first()
    return found is not None and forget(found)


@transaction.atomic
def forget(chosen_id: int) -> bool:
    """Remove a selected file with its bytes; a quarantined one keeps row and bytes, because the journal names it.

    Returns:
        Whether it was removed; not if an action has used it.
    """
    chosen = ChosenFile.objects.select_for_update(no_key=True).filter(pk=chosen_id).first()
    if chosen is None:
        return False
    file = chosen.file
    chosen.delete()
    if not file.is_quarantined:
        file.delete()
        after_commit(store.remove, file.stored_name)
    return True


def unused() -> list[int]:
    """Return the selected files that are kept for too many days, oldest first."""
    since = clock.days_from_now(-settings.CHOSEN_KEPT_DAYS)
    return list(chosen_before(since).values_list("pk", flat=True)[:A_ROUND])
