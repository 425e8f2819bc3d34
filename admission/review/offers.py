"""Actions of the review that the desk offers."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from admission.applications.actions.supplements import end_supplement
from admission.applications.models import Application
from admission.applications.time_limits import open_request
from admission.review.actions.acceptance import accept_application, declare_conflict
from admission.review.actions.casework import assign_cases, write_note
from admission.review.actions.findings import record_site_visit
from admission.review.actions.opinions import ask_opinion, give_opinion, withdraw_question
from admission.review.actions.supplements import request_supplement
from admission.review.actions.time_limits import extend_time_limit
from admission.review.forms import (
    AssignForm,
    AssignManyForm,
    ExtensionForm,
    NoteForm,
    OpinionForm,
    ask_form,
    site_visit_form,
)
from admission.review.letters import supplement_letter
from admission.review.rules import stage_now, supplement_period, to_supplement
from admission.review.states import OpinionResult
from zsbank.base.calendar.wording import by_day
from zsbank.base.cases.forms import ReasonForm
from zsbank.base.cases.offers import Draft, Offer
from zsbank.base.refusals import WrongState


def supplement_draft(application: Application) -> list[Draft]:
    """The letter as it would be signed now; none while nothing is noted as missing."""
    items = to_supplement(application)
    if not items:
        return []
    due = supplement_period(application).last_day
    return [Draft(_("The letter"), supplement_letter(application, items, due, stage_now(application)))]


def supplement_notes(application: Application) -> list[str]:
    """The due date that the bank would get."""
    period = supplement_period(application)
    return [
        gettext("Supplement %(day)s (%(days)s working days)")
        % {"day": by_day(period.last_day), "days": period.n}
    ]


def _end_supplement(by: Any, application: Any, given: dict[str, Any]) -> object:
    request = open_request(application)
    if request is None:
        raise WrongState.moved_on()
    return end_supplement(request=request, by=by)


OFFERS: tuple[Offer, ...] = (
    Offer(
        accept_application,
        _("Accept"),
        (_("The review begins and its due date is set."), _("The bank is notified.")),
    ),
    Offer(
        request_supplement,
        _("Ask for a supplement"),
        (
            _(
                "The bank is notified of all missing information at once, in a numbered letter with a "
                "due date."
            ),
            _("The bank can change only what was asked for; the time limit is suspended."),
            _("Before acceptance, this can be done only once."),
        ),
        drafts=supplement_draft,
        notes=supplement_notes,
    ),
    Offer(
        end_supplement,
        _("Confirm that the provisional due date has passed"),
        (
            _(
                "The due date of the supplement is provisional: the holidays of its year have not been confirmed."
            ),
            _("The supplement ends with its due date, and the bureau continues with what it has."),
        ),
        row=open_request,
        run=_end_supplement,
        when=lambda case: open_request(case) is not None,
        grave=True,
    ),
    Offer(
        assign_cases,
        _("Assign"),
        (_("The case appears only on this officer's work list; the officer is notified."),),
        form=lambda case: AssignForm,
        run=lambda by, case, given: assign_cases(applications=[case], to=given["to"], by=by),
        aside=True,
    ),
    Offer(
        ask_opinion,
        _("Ask the medical insurance department"),
        (
            _("The question appears on the liaison's work list; the liaison gives a dated opinion."),
            _("No recommendation can be made before the answer, unless the question is withdrawn."),
        ),
        form=ask_form,
        run=lambda by, case, given: ask_opinion(application=case, by=by, criteria=list(given["criteria"])),
        aside=True,
    ),
    Offer(
        record_site_visit,
        _("Record a site visit"),
        (_("The report and photos become evidence for the selected criteria."),),
        form=site_visit_form,
        run=lambda by, case, given: record_site_visit(
            application=case, by=by, **(given | {"criteria": list(given["criteria"])})
        ),
        aside=True,
    ),
    Offer(
        write_note,
        _("Write a note"),
        (_("Visible to officers in the case; not included in letters and not visible to banks."),),
        form=lambda case: NoteForm,
        run=lambda by, case, given: write_note(application=case, by=by, text=given["note"]),
        aside=True,
    ),
    Offer(
        extend_time_limit,
        _("Extend the time limit for the decision"),
        (
            _(
                "The decision due date moves by the number of working days set in the edition; this can "
                "be done only once."
            ),
            _("The bank is notified of the new due date and the reason."),
        ),
        form=lambda case: ExtensionForm,
        aside=True,
    ),
    Offer(
        declare_conflict,
        _("Declare a conflict of interest"),
        (
            _("You can no longer take part in this case; the declaration cannot be withdrawn."),
            _("Other officers handle the case. Your earlier actions stay in the journal."),
        ),
        form=lambda case: ReasonForm,
        grave=True,
        aside=True,
    ),
)
"""The actions on one application, in the order of the procedure."""

LIST_OFFERS: tuple[Offer, ...] = (
    Offer(
        assign_cases,
        _("Assign cases"),
        (_("All selected cases move to this officer's work list; if one cannot be assigned, none is."),),
        form=lambda case: AssignManyForm,
        run=lambda by, case, given: assign_cases(
            applications=list(given["applications"]), to=given["to"], by=by
        ),
    ),
)
"""The actions on several applications at once."""

OPINION_OFFERS: tuple[Offer, ...] = (
    Offer(
        give_opinion,
        _("Give the opinion"),
        (_("The reviewer sees it with the criterion; it cannot be changed afterwards."),),
        form=lambda case: OpinionForm,
        run=lambda by, case, given: give_opinion(
            opinion=case, by=by, **(given | {"result": OpinionResult(given["result"])})
        ),
    ),
    Offer(
        withdraw_question,
        _("Withdraw the question"),
        (_("The recommendation no longer waits for this answer."),),
        form=lambda case: ReasonForm,
    ),
)
"""The actions on a question to the medical insurance side."""
