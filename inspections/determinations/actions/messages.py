"""Messages about determinations: to deciders, to the officer who proposed, and to the bank."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from banks.members.actions.messages import notify_members
from inspections.determinations.models import Determination
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with, still_with
from zsbank.base.calendar.wording import later_in_words
from zsbank.base.cases.urls import case_page
from zsbank.base.letters.models import Letter
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind, Words
from zsbank.base.permissions import Verb


def ask_deciders(determination: Determination) -> None:
    """Ask the deciders to decide on what is proposed; who proposed it is left out."""
    deciders = people_with(Verb.MAKE_DETERMINATION).exclude(pk=determination.proposed_by_id)
    title = gettext_lazy("A determination awaits decision")
    body = (
        gettext_lazy("Open the case, check it and decide.")
        if determination.is_on_paper
        else gettext_lazy("The bank may submit a statement first; decide when it was heard.")
    )
    _post(determination, deciders, "proposed", title, body, MessageKind.TASK)


def tell_deciders_of_withdrawal(determination: Determination) -> None:
    """Tell the deciders that nothing is left to decide."""
    deciders = people_with(Verb.MAKE_DETERMINATION).exclude(pk=determination.proposed_by_id)
    said = gettext_lazy("Nothing is left to decide. Reason: {reason}")
    body = format_lazy(said, reason=determination.closed_reason)
    title = gettext_lazy("The proposed determination is withdrawn")
    _post(determination, deciders, "withdrawn", title, body, MessageKind.NEWS)


def tell_proposer(determination: Determination, title: Words, body: Words) -> None:
    """Tell the officer who proposed it what became of it; if they left, the colleagues who may propose."""
    to = still_with(determination.proposed_by, Verb.PROPOSE_DETERMINATION)
    _post(determination, to, "decided", title, body, MessageKind.RESULT)


def tell_bank_that_it_was_made(determination: Determination, letter: Letter, day: dt.date) -> None:
    """Tell the bank that the determination was made, on which day (local date), and what follows."""
    follows = (
        gettext_lazy("A rectification order follows with a letter of its own.")
        if determination.is_rectifiable
        else gettext_lazy(
            "The bureau will examine the exit; your bank receives a prior notice and may submit a statement first."
        )
    )
    said = gettext_lazy("Day of the determination: {day}. Letter number: {letter}. {follows}")
    body = format_lazy(said, day=later_in_words(day), letter=letter, follows=follows)
    _tell_bank(determination, "made", gettext_lazy("The bureau made a determination"), body, letter)


def tell_bank_of_end(determination: Determination, letter: Letter) -> None:
    """Tell a bank that had prior notice that the determination is not made."""
    said = gettext_lazy("Nothing follows from the prior notice. Reason: {reason} Letter number: {letter}.")
    body = format_lazy(said, reason=determination.closed_reason, letter=letter)
    _tell_bank(
        determination, "ended", gettext_lazy("The bureau does not make the determination"), body, letter
    )


def _tell_bank(determination: Determination, event: str, title: Words, body: Words, letter: Letter) -> None:
    notify_members(
        bank=determination.bank,
        key=f"determination:{determination.pk}:{event}",
        title=title,
        body=body,
        link=reverse("inspections:determination", args=[determination.pk]),
        letter=letter,
    )


def _post(
    determination: Determination,
    to: Iterable[User],
    event: str,
    title: Words,
    body: Words,
    kind: MessageKind,
) -> None:
    notices.post(
        to=to,
        key=f"determination:{determination.pk}:{event}",
        title=title,
        body=body,
        link=case_page(determination),
        about=f"{determination.bank.name} {determination.get_kind_display()}",
        kind=kind,
    )
