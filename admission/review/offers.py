"""The actions of the review as the desk offers them: each action page shows first what the action will cause."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from admission.applications.models import Application
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
from zsbank.base.cases.forms import ReasonForm
from zsbank.base.cases.offers import Draft, Offer


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
        gettext("Supplement by %(day)s (%(days)s working days)") % {"day": period.last_day, "days": period.n}
    ]


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
            _("The bank is told all that is noted at once, with a numbered letter and a due date."),
            _("Only what is asked for is open to the bank again; the time limit is suspended."),
            _("Before acceptance this can be done once only."),
        ),
        drafts=supplement_draft,
        notes=supplement_notes,
    ),
    Offer(
        assign_cases,
        _("Assign"),
        (_("The case is on this officer's work list and on nobody else's; they are notified."),),
        form=lambda case: AssignForm,
        run=lambda by, case, given: assign_cases(applications=[case], to=given["to"], by=by),
        aside=True,
    ),
    Offer(
        ask_opinion,
        _("Ask the medical insurance side"),
        (
            _("Its liaison has the question on the work list and answers with a date."),
            _("The recommendation waits for the answer, unless the question is withdrawn."),
        ),
        form=ask_form,
        run=lambda by, case, given: ask_opinion(application=case, by=by, criteria=list(given["criteria"])),
        aside=True,
    ),
    Offer(
        record_site_visit,
        _("Record a site visit"),
        (_("Report and photos are evidence for the criteria you name."),),
        form=site_visit_form,
        run=lambda by, case, given: record_site_visit(
            application=case, by=by, **(given | {"criteria": list(given["criteria"])})
        ),
        aside=True,
    ),
    Offer(
        write_note,
        _("Write a note"),
        (_("Officers read it with the case. It is in no letter, and no bank reads it."),),
        form=lambda case: NoteForm,
        run=lambda by, case, given: write_note(application=case, by=by, text=given["note"]),
        aside=True,
    ),
    Offer(
        extend_time_limit,
        _("Extend the time to decide"),
        (
            _("The due date of the decision moves by the working days that the edition sets; once only."),
            _("The bank is told the new due date and the reason."),
        ),
        form=lambda case: ExtensionForm,
        aside=True,
    ),
    Offer(
        declare_conflict,
        _("Declare a conflict of interest"),
        (
            _("You take no further part in this case; it cannot be undone."),
            _("Others go on with it. What you did before stays in the journal."),
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
        (_("The selected cases are on this officer's work list; all of them, or none."),),
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
        (_("The reviewer reads it with the criterion; it cannot be changed afterwards."),),
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
