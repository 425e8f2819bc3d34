"""Evidence and service commitments of an application: as submitted, with their revisions, and removed."""

from django.db.models import Q, QuerySet

from admission.applications.models import Application, Evidence, ServiceCommitment, SupplementRequest
from zsbank.base.files.models import StoredFile


def submitted_evidence(application: Application) -> list[Evidence]:
    """Return the evidence as of submission, by criterion; empty for a draft."""
    if application.submitted_at is None:
        return []
    rows = Evidence.objects.filter(
        answer__application=application, added_at__lte=application.submitted_at
    ).exclude(removed_at__lte=application.submitted_at)
    return list(rows.select_related("file", "answer__criterion").order_by("answer__criterion__number", "pk"))


def supplement_evidence(request: SupplementRequest) -> list[Evidence]:
    """Return the documents that came with a submitted supplement, by criterion."""
    if request.submitted_at is None:
        return []
    rows = Evidence.objects.filter(
        answer__application=request.application_id,
        added_at__gt=request.asked_at,
        added_at__lte=request.submitted_at,
    ).exclude(removed_at__lte=request.submitted_at)
    return list(rows.select_related("file", "answer__criterion").order_by("answer__criterion__number", "pk"))


def supplement_commitments(request: SupplementRequest) -> list[ServiceCommitment]:
    """Return the service commitment that came with a submitted supplement, as a list; empty if none did."""
    if request.submitted_at is None:
        return []
    rows = request.application.commitments.filter(
        added_at__gt=request.asked_at, added_at__lte=request.submitted_at
    )
    return list(rows.exclude(removed_at__lte=request.submitted_at).select_related("file"))


def submitted_commitments(application: Application) -> list[ServiceCommitment]:
    """Return the service commitment as of submission, as a list; empty for a draft, or if there was none."""
    if application.submitted_at is None:
        return []
    rows = application.commitments.filter(added_at__lte=application.submitted_at)
    return list(rows.exclude(removed_at__lte=application.submitted_at).select_related("file"))


def commitments_with_revisions(application: Application) -> list[ServiceCommitment]:
    """Return the service commitment and its earlier revisions, newest first; without removed ones."""
    rows = application.commitments.select_related("file__by")
    return list(rows.filter(Q(removed_at=None) | Q(replaced_by__isnull=False)))


def removed_commitments(application: Application) -> list[ServiceCommitment]:
    """Return the removed service commitments that nothing replaced, newest first."""
    rows = application.commitments.select_related("file")
    return list(rows.filter(removed_at__isnull=False, replaced_by=None))


def evidence_files(application: Application) -> list[StoredFile]:
    """Return the files of evidence and service commitment with earlier revisions, without removed ones."""
    given = Evidence.objects.filter(answer__application=application)
    shown = given.filter(Q(removed_at=None) | Q(replaced_by__isnull=False)).select_related("file")
    signed = commitments_with_revisions(application)
    return [*(evidence.file for evidence in shown), *(commitment.file for commitment in signed)]


def held_files(application: Application) -> QuerySet[StoredFile]:
    """Return all files that count towards the quota of the case, replaced and removed ones too."""
    own = Q(evidence__answer__application=application) | Q(commitments__application=application)
    return StoredFile.objects.filter(own).distinct()
