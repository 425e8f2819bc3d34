"""Messages about a change of a bank's data, to officers and to the bank."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from banks.changes.models import BankChange
from banks.members.actions.messages import confirm_submission, notify_members
from banks.register.models import Division
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with, still_with
from zsbank.base.cases.urls import case_page
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind, Words
from zsbank.base.permissions import Verb


def ask_deciders(change: BankChange) -> None:
    """Notify the officers who may decide the change."""
    _tell(
        change,
        people_with(Verb.ACCEPT_BANK_CHANGE),
        "entered",
        gettext_lazy("A change of a bank's data awaits decision"),
        gettext_lazy("Open the case, check it and decide."),
    )


def tell_deciders_of_withdrawal(change: BankChange) -> None:
    """Notify the officers who might have decided it."""
    people = people_with(Verb.ACCEPT_BANK_CHANGE)
    title = gettext_lazy("The bank withdrew its request to change its data")
    body = gettext_lazy("The case is closed; nothing is left to do.")
    _tell(change, people, "withdrawn", title, body, MessageKind.NEWS)


def tell_officer(change: BankChange, title: Words) -> None:
    """Notify the officer who entered it of the decision; if they left, the colleagues who may enter changes."""
    if not change.by_bank:
        given = format_lazy(gettext_lazy("Reason: {reason}"), reason=change.decision)
        body = given if change.decision else gettext_lazy("The register is updated.")
        to = still_with(change.entered_by, Verb.ENTER_BANK_CHANGE)
        _tell(change, to, "decided", title, body, MessageKind.NEWS)


def _tell(
    change: BankChange,
    to: Iterable[User],
    what: str,
    title: Words,
    body: Words,
    kind: MessageKind = MessageKind.TASK,
) -> None:
    notices.post(
        to=to,
        key=f"change:{change.pk}:{what}:officer",
        title=title,
        body=body,
        link=case_page(change),
        about=f"{change.bank.name} {change.case_number}",
        kind=kind,
    )


def confirm_to_bank(change: BankChange, by: User, event: str, what: Words, then: Words) -> None:
    """Confirm to each member of the bank what one of them submitted."""
    confirm_submission(
        bank=change.bank,
        by=by,
        key=f"change:{change.pk}:{event}",
        what=what,
        then=then,
        link=page_of(change),
        number=change.case_number,
    )


def notify_bank(change: BankChange, title: Words, body: Words) -> None:
    """Notify each member of the bank of the decision."""
    notify_members(
        bank=change.bank,
        key=f"change:{change.pk}:decided",
        title=title,
        body=body,
        link=page_of(change),
        number=change.case_number,
    )


def notify_successor(change: BankChange, body: Words) -> None:
    """Notify each member of the successor that a bank was absorbed, and what passes to it."""
    if change.successor is not None:
        notify_members(
            bank=change.successor,
            key=f"change:{change.pk}:successor",
            title=gettext_lazy("A bank that was absorbed by yours is recorded"),
            body=body,
            link=reverse("banks:information"),
        )


def notify_successor_of_division(change: BankChange, division: Division, body: Words) -> None:
    """Notify each member of a bank that came out of a division, of what binds it."""
    notify_members(
        bank=division.successor,
        key=f"change:{change.pk}:division:{division.successor_id}",
        title=gettext_lazy("It is recorded that your bank came out of a division"),
        body=body,
        link=reverse("banks:information"),
    )


def page_of(change: BankChange) -> str:
    """Return the address of a change in the portal."""
    return reverse("banks:change", args=[change.pk])
