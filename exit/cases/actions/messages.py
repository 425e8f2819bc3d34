"""Messages about an exit case, to officers and to the bank."""

from django.urls import reverse
from django.utils import timezone

from exit.cases.models import ExitCase
from exit.cases.queries import people_at_the_bank
from zsbank.base.accounts.queries import people_with
from zsbank.base.calendar.periods import Period
from zsbank.base.calendar.wording import chinese_date
from zsbank.base.cases.urls import case_page
from zsbank.base.notices import actions as notices
from zsbank.base.permissions import Verb


def notify_officers(case: ExitCase, verb: Verb, title: str) -> None:
    """Notify the officers whose role permits the next action, `verb`."""
    notices.post(
        to=people_with(verb),
        key=f"exit:{case.pk}:{case.state}",
        title=f"{title}：{case.bank.name}",
        body=f"{case.case_number}，{case.bank.name}。",
        link=case_page(case),
    )


def notify_bank(case: ExitCase, what: str, title: str, body: str) -> None:
    """Notify each member of the bank, once per event."""
    notices.post(
        to=people_at_the_bank(case.bank),
        key=f"exit:{case.pk}:{what}",
        title=title,
        body=body,
        link=reverse("exit:standing"),
        uscc=case.bank.uscc,
    )


def notify_bank_of_exit(case: ExitCase, bar: Period) -> None:
    """Notify the bank of the end of its qualification and of the bar."""
    day = chinese_date(timezone.localtime(case.signed_at).date())
    body = (
        f"你行发卡资格自{day}起取消，不得继续发卡。文号：{case.letter}。"
        f"{bar.n}年内不得再次申请，最后一日为{chinese_date(bar.last_day)}，自{chinese_date(bar.first_day_after)}起可以再次申请。"
    )
    notify_bank(case, "signed", f"发卡资格已取消：{case.letter}", body)
