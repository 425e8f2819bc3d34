"""What evidence and service commitments have in common: a file within the quota, its removal, the journal entry."""

from django.core.files import File

from admission.applications.documents import held_files
from admission.applications.models import Application, Evidence, ServiceCommitment
from zsbank.base.accounts.models import User
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.files.actions import store_upload
from zsbank.base.files.models import StoredFile
from zsbank.base.files.rules import has_room
from zsbank.base.refusals import FileRefused

Document = Evidence | ServiceCommitment


def take(application: Application, content: File, name: str, by: User) -> StoredFile:  # type: ignore[type-arg]
    """Store a document if it fits into the quota of the case.

    Raises:
        FileRefused: it exceeds the quota, or its content is not accepted.
    """
    has_room(held_files(application), content.size or 0).require(FileRefused)
    return store_upload(content=content, name=name, by=by)


def retire(document: Document) -> None:
    """Remove a document that was replaced or removed; the row and its file are kept."""
    document.removed_at = clock.now()
    document.save(update_fields=["removed_at"])


def record_document(application: Application, document: Document, **more: object) -> None:
    """Record the entry about a document against the application, where people read it."""
    data = {"file": document.file.name, "sha256": document.file.sha256, **more}
    record(subject=application, data=data)
