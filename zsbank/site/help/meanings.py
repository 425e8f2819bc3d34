"""Meanings of states, as texts for the help."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from zsbank.base.cases.case import Case
from zsbank.base.cases.registry import cases
from zsbank.base.cases.turns import SHAPES, Text

MEANINGS: dict[str, dict[str, Text]] = {
    "banks.bank": {
        "applicant": _("The bank is not qualified. It may apply for admission."),
        "qualified": _("The bank is qualified to issue social security cards."),
        "under_rectification": _("The bank has to rectify something by a due date; it remains qualified."),
        "exited": _("The qualification has ended. The bank may not issue cards."),
        "locked_out": _("The bank may not apply again until the day shown on its home page."),
    },
    "banks.bankchange": {
        "requested": _("Another person at the bureau decides. Until then the register stays as it is."),
        "accepted": _("The register has the new data. The former ones are kept."),
        "declined": _("The register stays as it is. The page of the case gives the reason."),
        "withdrawn": _("The bank withdrew the request. It can request a change again."),
    },
    "admission.application": {
        "draft": _("Only the bank sees the application. Every member of the bank can edit it."),
        "submitted": _("The bureau checks whether the application is complete, and accepts it."),
        "supplementing": _("The bank supplements what the bureau asked for; nothing else can be changed."),
        "under_review": _("The application is accepted. Officers review each criterion."),
        "recommended": _("The review is finished. Another officer decides."),
        "approved": _("The bureau approved the application. The letter says what follows."),
        "refused": _("The bureau refused the application. The letter gives the reasons and the remedies."),
        "withdrawn": _("The bank withdrew the application. It can apply again."),
    },
    "inspections.determination": {
        "proposed": _("The bank had a prior notice and may state its case. Then another officer decides."),
        "made": _("The bureau made the determination. The letter says what follows."),
        "set_aside": _("The determination no longer has any effect. The letter gives the reasons."),
        "not_made": _("The bureau does not make the determination. Nothing follows from the prior notice."),
        "withdrawn": _("The bureau withdrew what it intended. Nothing follows from the prior notice."),
    },
    "inspections.rectificationorder": {
        "awaiting_deadline": _("The bureau will set the due date. The bank need not act yet."),
        "open": _("The bank rectifies the facts determined and submits a report by the due date."),
        "reported": _("The bureau checks the report."),
        "accepted": _("The bureau accepted the rectification."),
        "lapsed": _("The due date passed without a rectification that was accepted. An exit case follows."),
        "withdrawn": _("The bureau withdrew the order. Nothing is left to do."),
        "set_aside": _("The order no longer has any effect, because its exit case was closed without exit."),
        "ended": _("The order ended with the exit that was signed."),
    },
    "inspections.feenotice": {
        "open": _("The bank pays the amount on the notice by the due date, and states the payment here."),
        "stated": _("The bank stated the payment. The bureau checks that the money arrived."),
        "paid": _("The money arrived. The page says on which day, and by how many days it was late."),
        "withdrawn": _("The notice was entered wrongly. Nothing is to be paid on this entry."),
    },
    "inspections.complaint": {
        "received": _("The complaint is entered. The bureau forwards it to the bank."),
        "forwarded": _("The bank looks into the complaint and answers by the due date, with evidence."),
        "answered": _(
            "The bank answered. The bureau checks the answer, and closes the complaint or sends it back."
        ),
        "closed": _(
            "The page says whether the complaint is founded, and why. It can be opened again with a reason."
        ),
        "withdrawn": _("The complaint was entered by mistake. It is not to be answered."),
    },
    "inspections.inspectionvisit": {
        "planned": _("The bureau has announced an inspection. Nothing has to be done before it."),
        "underway": _("Officers are at the outlets, and record what they see."),
        "signed": _("The record was signed on the spot, or it says why not. The officers confirm it."),
        "confirmed": _("The record is final. Another officer signs the report to the bank."),
        "reported": _("The bank has the report, and may answer its findings by the due date."),
        "clear": _("The bank has the report, which names no finding. Nothing is to be answered."),
        "answered": _("The bank has answered. The bureau decides what follows."),
        "correcting": _("The bank corrects the findings by the due date, and states it here with evidence."),
        "corrected": _(
            "The bank stated that the findings are corrected. The bureau checks it, or sets another day."
        ),
        "closed": _("The inspection is closed. The page says what followed."),
        "cancelled": _("The inspection is not held, or was not finished. The page says why."),
    },
    "exit.exitcase": {
        "opened": _("The case is open. An officer checks it and proposes a letter."),
        "proposed": _("A letter is proposed. Another officer decides whether to sign it."),
        "signed": _("The letter is signed. The bank may not issue cards any more."),
        "withdrawn": _("The bank withdrew its application. The qualification is unchanged."),
        "closed": _("The bureau closed the case. The qualification is unchanged."),
    },
}
"""By model and state. A test demands a meaning for every state that banks see."""


@dataclass(frozen=True)
class Meaning:
    """One state as pages show it, and what it means."""

    tone: str
    shape: str
    label: Text
    words: Text


@dataclass(frozen=True)
class Kind:
    """A kind of case with the meanings of its states."""

    name: str
    states: tuple[Meaning, ...]


def shown_states(*, staff: bool) -> list[Kind]:
    """Return the kinds of case with their states, as staff or a bank's people see them."""
    return [_kind(case, staff=staff) for case in cases() if case.key in MEANINGS]


def _kind(case: Case, *, staff: bool) -> Kind:
    found = []
    for state, shown in case.states.items():
        tone = shown.turn.staff if staff else shown.turn.bank
        label = shown.staff if staff else (shown.bank or shown.staff)
        words = MEANINGS[case.key][str(state)]
        found.append(Meaning(tone.value, SHAPES[tone], label or state.label, words))
    return Kind(str(case.model._meta.verbose_name), tuple(found))
