"""Messages to the people of a bank, and confirmations of what they submit."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from banks.members.actions.keeping import keep_if_unreached
from banks.members.models import Member
from banks.members.queries import can_be_reached, leaving_key, people_of, release_key
from banks.members.rules import acting_administrators
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with
from zsbank.base.actions.running import current
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import later_in_words
from zsbank.base.cases.urls import case_page
from zsbank.base.letters.models import Letter
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind, Words
from zsbank.base.permissions import Verb
from zsbank.base.submissions import SUBMISSIONS


def notify_members(
    *,
    bank: Bank,
    key: str,
    title: Words,
    body: Words,
    link: str,
    number: str = "",
    due: dt.date | None = None,
    kind: MessageKind = MessageKind.RESULT,
    letter: Letter | None = None,
) -> int:
    """Post a message to all present members of a bank, inside the action it is about.

    If none of them can be reached, it is also kept, and becomes a work item (`banks.members.actions.keeping`).

    Args:
        key: identifies the event; each event is posted once.
        title: lazy text, one line, without bank and case number.
        body: lazy text.
        link: the page of the case in the portal.
        number: the case number; empty if the case has none.
        due: the due date (local date) of what the bank has to do.
        letter: the letter that it announces, if any.

    Returns:
        Number of messages posted or kept.
    """
    texts, about = notices.in_both_languages(title, body), f"{bank.name} {number}".strip()
    posted = notices.post_written(
        to=people_of(bank), key=key, texts=texts, link=link, uscc=bank.uscc, about=about, due=due, kind=kind
    )
    kept = keep_if_unreached(
        bank=bank, key=key, texts=texts, link=link, about=about, due=due, kind=kind, letter=letter
    )
    return posted + kept


def confirm_submission(
    *, bank: Bank, by: User, key: str, what: Words, then: Words, link: str, number: str = ""
) -> int:
    """Confirm to all present members that the bureau received something from their bank.

    Every action in `SUBMISSIONS` calls it, and no other.

    Args:
        by: the person who submitted it.
        key: identifies the submission.
        what: what was submitted, as a lazy text.
        then: what happens next, and by when, as a lazy text.
        link, number: as for `notify_members`.

    Returns:
        Number of messages posted.

    Raises:
        RuntimeError: the running action is not a submission.
    """
    running = current()
    if running is None or running.verb not in SUBMISSIONS:
        raise RuntimeError("only a submission of a bank is confirmed to it")
    now = timezone.localtime(clock.now())
    return notify_members(
        bank=bank,
        key=f"{key}:received",
        title=format_lazy(gettext_lazy("Received: {what}"), what=what),
        body=format_lazy(
            gettext_lazy("On {day} at {time}, the bureau received from {by} of your bank: {what}. {then}"),
            day=later_in_words(now.date()),
            time=f"{now:%H:%M}",
            by=by,
            what=what,
            then=then,
        ),
        link=link,
        number=number,
        kind=MessageKind.RECEIPT,
    )


def notify_of_release(bank_id: int) -> bool:
    """Tell a bank that its bar has ended and it may apply again, once; run by the sweep."""
    with transaction.atomic(durable=True):
        bank = Bank.objects.select_for_update(no_key=True).get(pk=bank_id)
        if bank.may_apply_from is None:
            return False
        body = format_lazy(
            gettext_lazy(
                "The reapplication bar has ended; your bank has been able to apply again since {day}."
            ),
            day=later_in_words(bank.may_apply_from),
        )
        title = gettext_lazy("Your bank may apply for admission again")
        key, link = release_key(bank), reverse("portal:home")
        return bool(notify_members(bank=bank, key=key, title=title, body=body, link=link))


def tell_of_leaving(member: Member) -> int:
    """Tell a bank's administrators that a person no longer acts for it, and the bureau if nobody is left.

    Once for each membership; drafts, supplements and statements that the person began stay with the bank.

    Returns:
        Number of messages posted.
    """
    bank = member.bank
    about, key = bank.name, leaving_key(member)
    posted = notices.post(
        to=[one.user for one in acting_administrators(bank).select_related("user")],
        key=key,
        title=gettext_lazy("A colleague no longer acts for your bank"),
        body=format_lazy(
            gettext_lazy(
                "{person} no longer acts for your bank. What the person began stays with your bank; time limits run on."
            ),
            person=member.user,
        ),
        link=reverse("banks:members"),
        uscc=bank.uscc,
        about=about,
        kind=MessageKind.NEWS,
    )
    if can_be_reached(bank):
        return posted
    return posted + notices.post(
        to=people_with(Verb.INVITE_MEMBER),
        key=key,
        title=gettext_lazy("Nobody at a bank can be reached any more"),
        body=format_lazy(
            gettext_lazy(
                "{person} was the last. Invite its people; until then, letters are served another way."
            ),
            person=member.user,
        ),
        link=case_page(bank),
        about=about,
        kind=MessageKind.TASK,
    )


def tell_of_deactivated(member_id: int) -> bool:
    """Tell that a person whose account was deactivated no longer acts for a bank; run by the sweep."""
    with transaction.atomic(durable=True):
        member = Member.objects.select_for_update(of=("self",), no_key=True).get(pk=member_id)
        return not member.user.is_active and tell_of_leaving(member) > 0
