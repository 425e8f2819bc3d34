"""Messages about an exit case, to officers and to the bank."""

from django.urls import reverse
from django.utils import timezone

from banks.members.actions.messages import confirm_submission, notify_members
from exit.cases.models import ExitCase
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with
from zsbank.base.calendar.periods import Period
from zsbank.base.calendar.wording import chinese_date
from zsbank.base.cases.urls import case_page
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind
from zsbank.base.permissions import Verb

TO_DO = "请打开办件，核对后办理。"


def notify_officers(case: ExitCase, verb: Verb, title: str, body: str = TO_DO) -> None:
    """Notify the officers whose role permits the next action, `verb`."""
    notices.post(
        to=people_with(verb),
        key=f"exit:{case.pk}:{case.state}",
        title=title,
        body=body,
        link=case_page(case),
        about=f"{case.bank.name} {case.case_number}",
        kind=MessageKind.TASK if body == TO_DO else MessageKind.NEWS,
    )


def notify_bank(case: ExitCase, what: str, title: str, body: str) -> None:
    """Notify each member of the bank, once per event."""
    notify_members(
        bank=case.bank,
        key=f"exit:{case.pk}:{what}",
        title=title,
        body=body,
        link=reverse("exit:case", args=[case.pk]),
        number=case.case_number,
    )


def confirm_to_bank(case: ExitCase, by: User, event: str, what: str, then: str) -> None:
    """Confirm to each member of the bank what one of them submitted."""
    confirm_submission(
        bank=case.bank,
        by=by,
        key=f"exit:{case.pk}:{event}",
        what=what,
        then=then,
        link=reverse("exit:case", args=[case.pk]),
        number=case.case_number,
    )


def notify_bank_of_exit(case: ExitCase, bar: Period) -> None:
    """Notify the bank of the end of its qualification and of the bar."""
    day = chinese_date(timezone.localtime(case.signed_at).date())
    body = (
        f"你行发卡资格自{day}起取消，不得继续发卡。文号：{case.letter}。"
        f"{bar.n}年内不得再次申请，最后一日为{chinese_date(bar.last_day)}，自{chinese_date(bar.first_day_after)}起可以再次申请。"
    )
    notify_bank(case, "signed", "发卡资格已取消", body)
