"""Files that a person chose and has not submitted yet: kept, bounded, taken back, and removed after some days.

They are drafts of one person: no case knows of them, and so does no journal entry. An action that takes one in uses
what is stored (`chosen.use`); what nobody used is removed with its bytes.
"""

from functools import partial
from uuid import UUID

from django.conf import settings
from django.core.files import File
from django.db import transaction

from zsbank.base.accounts.models import User
from zsbank.base.actions.rows import lock
from zsbank.base.calendar import clock
from zsbank.base.files import store
from zsbank.base.files.actions import store_upload
from zsbank.base.files.models import ChosenFile
from zsbank.base.files.queries import chosen_before
from zsbank.base.files.rules import may_choose
from zsbank.base.refusals import FileRefused

A_ROUND = 1000
"""How many are removed in one round of the sweep."""


@transaction.atomic
def choose(*, content: File, name: str, by: User) -> ChosenFile:  # type: ignore[type-arg]
    """Keep a file that a person chose, until they submit it or take it back.

    Raises:
        FileRefused: the content is not accepted, or the person has chosen too much that is not submitted.
    """
    lock(by)
    may_choose(by, content.size or 0).require(FileRefused)
    file = store_upload(content=content, name=name, by=by)
    return ChosenFile.objects.create(file=file, by=by, at=clock.now())


def own(token: UUID, by: User) -> ChosenFile | None:
    """A file that this person chose; None for what is not kept, and for another person's."""
    return ChosenFile.objects.select_related("file").filter(token=token, by=by).first()


def take_back(*, token: UUID, by: User) -> bool:
    """Forget a file that this person chose.

    Returns:
        Whether there was one.
    """
    found = ChosenFile.objects.filter(token=token, by=by).values_list("pk", flat=True).first()
    return found is not None and forget(found)


@transaction.atomic
def forget(chosen_id: int) -> bool:
    """Remove a chosen file with its bytes; one in quarantine stays there with its row, as the journal says.

    Returns:
        Whether it was removed now; not when an action has used it.
    """
    chosen = ChosenFile.objects.select_for_update(no_key=True).filter(pk=chosen_id).first()
    if chosen is None:
        return False
    file = chosen.file
    chosen.delete()
    if not file.is_quarantined:
        file.delete()
        transaction.on_commit(partial(store.remove, file.stored_name), robust=True)
    return True


def unused() -> list[int]:
    """The chosen files that nobody has used for so many days that they are removed now, the oldest first."""
    since = clock.days_from_now(-settings.CHOSEN_KEPT_DAYS)
    return list(chosen_before(since).values_list("pk", flat=True)[:A_ROUND])
