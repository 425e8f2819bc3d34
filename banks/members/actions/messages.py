"""Messages to the people of a bank, and confirmations of what they submit."""

import datetime as dt

from django.utils import timezone

from banks.members.queries import people_of
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.actions.running import current
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import chinese_date
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind
from zsbank.base.permissions import SUBMISSIONS


def notify_members(
    *,
    bank: Bank,
    key: str,
    title: str,
    body: str,
    link: str,
    number: str = "",
    due: dt.date | None = None,
    kind: MessageKind = MessageKind.RESULT,
) -> int:
    """Post a message to all present members of a bank, inside the action it is about.

    Args:
        key: identifies the event; each event is posted once.
        title: Chinese, one line, without bank and case number.
        body: Chinese.
        link: the page of the case in the portal.
        number: the case number; empty if the case has none.
        due: the due date (local date) of what the bank has to do.

    Returns:
        Number of messages posted.
    """
    return notices.post(
        to=people_of(bank),
        key=key,
        title=title,
        body=body,
        link=link,
        uscc=bank.uscc,
        about=f"{bank.name} {number}",
        due=due,
        kind=kind,
    )


def confirm_submission(
    *, bank: Bank, by: User, key: str, what: str, then: str, link: str, number: str = ""
) -> int:
    """Confirm to all present members that the bureau received something from their bank.

    Every action in `SUBMISSIONS` of the permission table calls it, and no other.

    Args:
        by: the person who submitted it.
        key: identifies the submission.
        what: what was submitted, in Chinese.
        then: what happens next, in Chinese, and by when.
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
        title=f"已收到{what}",
        body=f"我局于{chinese_date(now.date())}{now:%H:%M}收到你行{by}提交的{what}。{then}",
        link=link,
        number=number,
        kind=MessageKind.RECEIPT,
    )
