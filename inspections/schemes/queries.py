"""Reading assessment schemes."""

from django.db.models import QuerySet

from banks.register.models import Qualification
from inspections.schemes.models import AssessmentScheme
from inspections.schemes.rules import WRITING
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry


def newest_scheme() -> AssessmentScheme | None:
    """Return the scheme in force of the latest year."""
    return AssessmentScheme.objects.in_force().order_by("-year").first()


def to_be_published_by(by: User) -> QuerySet[AssessmentScheme]:
    """Return the drafts that this person neither drafted nor changed and can publish, the earliest year first."""
    written = Entry.objects.filter(
        subject_type=AssessmentScheme._meta.label_lower, verb__in=WRITING, actor=by
    )
    graded = AssessmentScheme.objects.in_force().filter(assessments__isnull=False)
    drafts = AssessmentScheme.objects.drafts().exclude(pk__in=written.values("subject_id"))
    return drafts.exclude(year__in=graded.values("year")).select_related("drafted_by").order_by("year", "pk")


def years_without_scheme() -> list[int]:
    """Return the years that are over, in which a bank in force was qualified throughout, without scheme or draft."""
    held = Qualification.objects.filter(cancelled_on=None).order_by("effective_from")
    first = held.values_list("effective_from", flat=True).first()
    if first is None:
        return []
    known = AssessmentScheme.objects.filter(withdrawn_at=None, replaced_at=None)
    has = set(known.values_list("year", flat=True))
    return [year for year in range(first.year + 1, clock.today().year) if year not in has]
