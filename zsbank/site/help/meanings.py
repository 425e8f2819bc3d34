"""What each state means, in words for the help."""

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
    "inspections.rectificationorder": {
        "awaiting_deadline": _("The bureau will set the due date. The bank need not act yet."),
        "open": _("The bank rectifies the facts determined and submits a report by the due date."),
        "reported": _("The bureau checks the report."),
        "accepted": _("The bureau accepted the rectification."),
        "lapsed": _("The due date passed without a rectification that was accepted. An exit case follows."),
        "withdrawn": _("The bureau withdrew the order. Nothing is left to do."),
        "set_aside": _("The order no longer has any effect, because its exit case was closed without exit."),
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
