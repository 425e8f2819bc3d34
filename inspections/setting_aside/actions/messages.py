"""Messages about setting determinations aside: to deciders, to who proposed it, and to the bank."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from banks.members.actions.messages import notify_members
from inspections.determinations.terms import DeterminationKind
from inspections.setting_aside.models import SettingAside
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with, still_with
from zsbank.base.cases.urls import case_page
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind, Words
from zsbank.base.permissions import Verb


def ask_deciders(setting_aside: SettingAside) -> None:
    """Ask the deciders to decide; who proposed it is left out."""
    title = gettext_lazy("It is to be decided whether a determination is set aside")
    body = gettext_lazy("Open the case, check it and decide.")
    _post(setting_aside, _deciders(setting_aside), "proposed", title, body, MessageKind.TASK)


def tell_deciders_of_withdrawal(setting_aside: SettingAside) -> None:
    """Tell the deciders that nothing is left to decide."""
    said = gettext_lazy("Nothing is left to decide. Reason: {reason}")
    title = gettext_lazy("The proposal to set a determination aside is withdrawn")
    body = format_lazy(said, reason=setting_aside.decision)
    _post(setting_aside, _deciders(setting_aside), "withdrawn", title, body, MessageKind.NEWS)


def tell_proposer(setting_aside: SettingAside, title: Words, body: Words) -> None:
    """Tell who proposed it what became of it; if they left, the colleagues who may propose."""
    to = still_with(setting_aside.proposed_by, Verb.PROPOSE_SETTING_ASIDE)
    _post(setting_aside, to, "decided", title, body, MessageKind.RESULT)


def notify_bank(setting_aside: SettingAside) -> None:
    """Notify each member of the bank that the determination is set aside, with the letter."""
    body = format_lazy(
        gettext_lazy(
            "The bureau set its determination “{kind}” aside; nothing may be asked of your bank on it any more. "
            "Letter number: {letter}."
        ),
        kind=DeterminationKind(setting_aside.determination.kind).label,
        letter=setting_aside.letter,
    )
    notify_members(
        bank=setting_aside.bank,
        key=f"setting-aside:{setting_aside.pk}:accepted",
        title=gettext_lazy("A determination about your bank is set aside"),
        body=body,
        link=reverse("banks:letters"),
        number=setting_aside.case_number,
        kind=MessageKind.RESULT,
        letter=setting_aside.letter,
    )


def _deciders(setting_aside: SettingAside) -> Iterable[User]:
    return people_with(Verb.ACCEPT_SETTING_ASIDE).exclude(pk=setting_aside.proposed_by_id)


def _post(
    setting_aside: SettingAside,
    to: Iterable[User],
    event: str,
    title: Words,
    body: Words,
    kind: MessageKind,
) -> None:
    notices.post(
        to=to,
        key=f"setting-aside:{setting_aside.pk}:{event}",
        title=title,
        body=body,
        link=case_page(setting_aside),
        about=f"{setting_aside.bank.name} {setting_aside.case_number}",
        kind=kind,
    )
