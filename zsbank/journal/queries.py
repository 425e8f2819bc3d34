"""Reading the record."""

from django.db.models import Model, QuerySet

from zsbank.journal.models import Entry


def history_of(*subjects: Model) -> QuerySet[Entry]:
    """What was done to these rows, newest first."""
    found = Entry.objects.none()
    for subject in subjects:
        found = found | Entry.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk)
    return found.order_by("-pk")


def last_transition(subject: Model) -> Entry | None:
    """The latest entry that moved this row from one state to another."""
    return history_of(subject).exclude(to_state="").first()


def history_of_bank(uscc: str) -> QuerySet[Entry]:
    """All that was done where a bank is concerned, newest first."""
    return Entry.objects.filter(uscc=uscc).order_by("-pk")
