"""Messages about determinations: to deciders, and to the officer who proposed."""

from collections.abc import Iterable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from inspections.determinations.models import Determination
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with, still_with
from zsbank.base.cases.urls import case_page
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind, Words
from zsbank.base.permissions import Verb


def ask_deciders(determination: Determination) -> None:
    """Ask the deciders to decide on what is proposed; who proposed it is left out."""
    deciders = people_with(Verb.MAKE_DETERMINATION).exclude(pk=determination.proposed_by_id)
    title = gettext_lazy("A determination awaits decision")
    body = gettext_lazy("Open the case, check it and decide.")
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
