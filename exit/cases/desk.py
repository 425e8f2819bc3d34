"""Exit at the desk: the cases, proposed by one person and signed by another."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exit.cases.actions.cases import bar_from_today, close_exit_case, open_exit_case, propose_exit, sign_exit
from exit.cases.forms import OpenCaseForm
from exit.cases.letters import letter_of
from exit.cases.models import ExitCase
from exit.cases.rules import may_close, may_sign, may_take_effect
from exit.cases.states import OPEN, ExitState
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.case_files import FilesOfCases
from zsbank.base.pages.columns import state_column
from zsbank.base.pages.desk_admin import DeskAdmin
from zsbank.base.pages.sheets import Draft, ReasonForm, Sheet
from zsbank.base.permissions import Verb


def drafts(case: ExitCase) -> tuple[Draft, ...]:
    """The letter as it would be signed today."""
    letter = letter_of(case, bar_from_today(case.qualification))
    return (Draft(gettext_lazy("The letter"), letter),)


@admin.register(ExitCase)
class ExitCaseAdmin(FilesOfCases, DeskAdmin):
    """The exit cases and the verbs on them."""

    list_display = (
        "case_number",
        "bank",
        "ground",
        state_column("state", gettext_lazy("state")),
        "opened_at",
    )
    list_filter = ("state", "ground")
    search_fields = ("case_number", "bank__name", "bank__uscc")
    list_select_related = ("bank",)
    facts: ClassVar[tuple[str, ...]] = (
        "ground",
        "statement",
        "opened_at",
        "proposed_at",
        "signed_at",
        "closed_reason",
    )
    sections: ClassVar[str] = "admin/exit/case.html"
    register_sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.OPEN_EXIT_CASE,
            gettext_lazy("Open a case from a serious breach"),
            (
                gettext_lazy("The case is opened; nothing changes for the bank until a notice is signed."),
                gettext_lazy("There is no time to rectify after a serious breach."),
            ),
            lambda by, case, given: open_exit_case(determination=given["determination"], by=by),
            form=lambda case: OpenCaseForm,
        ),
    )
    sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.PROPOSE_EXIT,
            gettext_lazy("Propose for signature"),
            (
                gettext_lazy(
                    "Unless it is the bank's own wish, it is told now and may state its case first."
                ),
                gettext_lazy("Another person signs the letter below, dated the day of signing."),
            ),
            lambda by, case, given: propose_exit(case=case, by=by),
            frozenset({ExitState.OPENED}),
            drafts=drafts,
        ),
        Sheet(
            Verb.SIGN_EXIT,
            gettext_lazy("Sign the exit"),
            (
                gettext_lazy("The qualification is cancelled today and the bank may issue no more cards."),
                gettext_lazy("A numbered letter goes to the bank."),
                gettext_lazy("For five years from tomorrow the bank may not apply."),
            ),
            lambda by, case, given: sign_exit(case=case, by=by),
            frozenset({ExitState.PROPOSED}),
            grave=True,
            drafts=drafts,
            why_not=lambda by, case: may_sign(by, case).why_not or may_take_effect(case).why_not,
        ),
        Sheet(
            Verb.CLOSE_EXIT_CASE,
            gettext_lazy("Close without exit"),
            (
                gettext_lazy("The case is closed; the bank keeps its qualification."),
                gettext_lazy("A lapsed order that led to it is pursued no further."),
            ),
            lambda by, case, given: close_exit_case(case=case, by=by, reason=given["reason"]),
            frozenset(OPEN),
            lambda case: ReasonForm,
            grave=True,
            why_not=lambda by, case: may_close(by, case).why_not,
        ),
    )

    def files_of(self, case: Any) -> list[StoredFile]:
        """The bank's written application."""
        return [case.document] if case.document else []

    def links(self, request: HttpRequest, case: Any) -> list[tuple[str, str]]:
        """What the case rests on, and its letter."""
        found = []
        if case.order_id:
            address = reverse("admin:inspections_rectificationorder_change", args=[case.order_id])
            found.append((_("The lapsed order"), address))
        if case.determination_id:
            address = reverse("admin:inspections_determination_change", args=[case.determination_id])
            found.append((_("The determination"), address))
        if case.letter_id:
            found.append((_("The letter"), reverse("admin:letters_letter_change", args=[case.letter_id])))
        return found

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """The written application, and the drafted letter while the case is open."""
        return {
            "files": self.listed_files(case),
            "drafts": drafts(case) if case.state in OPEN else (),
        }
