"""Prior notices at the desk: what banks were told, what they stated, the answers."""

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy

from banks.hearings import actions as hearings
from banks.hearings.forms import StatementForm
from banks.hearings.models import PriorNotice
from banks.hearings.rules import may_answer
from zsbank.base.pages.desk_admin import DeskAdmin, Due
from zsbank.base.pages.sheets import Sheet
from zsbank.base.permissions import Verb


@admin.register(PriorNotice)
class PriorNoticeAdmin(DeskAdmin):
    """What banks were told before an adverse decision, what they stated, and the answers."""

    list_display = ("bank", "told_on", "due_date", "stated_at", "answered_at")
    list_select_related = ("bank",)
    facts: ClassVar[tuple[str, ...]] = ("told_on", "letter")
    due: ClassVar[tuple[Due, ...]] = (Due("due_date", "due_period", frozenset()),)
    sections: ClassVar[str] = "admin/banks/notice.html"
    sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.ANSWER_STATEMENT,
            gettext_lazy("Answer the statement"),
            (
                gettext_lazy("The bank reads the answer; the decision can be taken after it."),
                gettext_lazy("If the bank is right, the decider sends the recommendation back."),
            ),
            lambda by, case, given: hearings.answer_statement(notice=case, text=given["text"], by=by),
            form=lambda case: StatementForm,
            why_not=lambda by, case: may_answer(by, case).why_not,
            notes=lambda case: [case.statement] if case.statement else [],
        ),
    )
