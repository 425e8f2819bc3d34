"""The open supplement request of an application: what it means, and whether it is still in time."""

from django.utils.translation import gettext as _

from admission.applications.models import Application, SupplementRequest
from admission.applications.states import SupplementStage
from admission.applications.terms import clock_rule, overdue_rule
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import by_day, reader_language
from zsbank.base.cases.dates import is_provisional
from zsbank.base.refusals import ALLOWED, LATE, Verdict, WrongState


def open_request(application: Application) -> SupplementRequest | None:
    """Return the open supplement request, or None."""
    return SupplementRequest.objects.filter(application=application.pk, closed_on=None).first()


def meaning_of(request: SupplementRequest) -> str:
    """Return what a supplement does to the time limit, and what follows if it is not submitted in time."""
    language = reader_language()
    parts = clock_rule(SupplementStage(request.stage), language), overdue_rule(language)
    return (" " if language == "en" else "").join(parts)


def is_in_time(request: SupplementRequest) -> Verdict:
    """Check that it is not later than 24:00 (local time) on the due date of a supplement.

    A provisional date may turn out to be a rest day: until an officer has confirmed that it passed, it is in time.
    """
    if clock.today() > request.due_date and not is_provisional(request.due_period):
        return Verdict.no(LATE, too_late(request), WrongState)
    return ALLOWED


def too_late(request: SupplementRequest) -> str:
    """Return what is said of a supplement after the due date."""
    words = _("The supplement was due %(day)s; that day has passed. The bureau continues with what it has.")
    return words % {"day": by_day(request.due_date)}
