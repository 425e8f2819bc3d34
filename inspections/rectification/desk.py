"""Determinations and rectification orders at the desk."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.determinations.forms import DeterminationForm
from inspections.determinations.models import Determination
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.actions.orders import record_determination, set_rectification_deadline
from inspections.rectification.actions.reports import accept_rectification, reject_rectification
from inspections.rectification.forms import DeadlineForm, RemarkForm
from inspections.rectification.letters import acceptance_letter
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import STANDING_OPEN, OrderState
from zsbank.base.accounts.models import User
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.case_files import FilesOfCases
from zsbank.base.pages.columns import due_column, state_column
from zsbank.base.pages.desk_admin import DeskAdmin, Due
from zsbank.base.pages.sheets import Draft, Sheet
from zsbank.base.permissions import Verb


def _record(by: User, given: dict[str, Any]) -> None:
    """Hand what was entered to the action."""
    document = given.pop("document")
    kind = DeterminationKind(given.pop("kind"))
    record_determination(**given, kind=kind, by=by, document=document, document_name=document.name)


@admin.register(Determination)
class DeterminationAdmin(FilesOfCases, DeskAdmin):
    """The determinations."""

    list_display = ("bank", "kind", "determination_date", "decided_by")
    list_filter = ("kind",)
    list_select_related = ("bank", "decided_by")
    facts: ClassVar[tuple[str, ...]] = (
        "kind",
        "determination_date",
        "decided_by",
        "facts",
        "recorded_at",
        "recorded_by",
    )
    sections: ClassVar[str] = "admin/inspections/determination.html"
    register_sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.RECORD_DETERMINATION,
            gettext_lazy("Record a determination"),
            (
                gettext_lazy(
                    "Criteria not met or serious default: the order opens, its due date six months "
                    "after the day of determination, with a numbered letter to the bank."
                ),
                gettext_lazy("The bank then stands as under rectification."),
                gettext_lazy(
                    "Serious breach: there is no time to rectify; an exit case can be opened from it."
                ),
            ),
            lambda by, case, given: _record(by, given),
            form=lambda case: DeterminationForm,
            grave=True,
        ),
    )

    def files_of(self, case: Any) -> list[StoredFile]:
        """The paper that shows the determination."""
        return [case.document]

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """The criteria, the paper and the order that followed."""
        order = RectificationOrder.objects.filter(determination=case).first()
        return {"criteria": case.criteria.all(), "files": self.listed_files(case), "order": order}


@admin.register(RectificationOrder)
class RectificationOrderAdmin(FilesOfCases, DeskAdmin):
    """The rectification orders and the verbs on them."""

    list_display = (
        "bank",
        "ground",
        state_column("state", gettext_lazy("state")),
        "start_date",
        due_column("due_date", gettext_lazy("due"), STANDING_OPEN),
    )
    list_filter = ("state", "ground")
    search_fields = ("bank__name", "bank__uscc")
    list_select_related = ("bank",)
    facts: ClassVar[tuple[str, ...]] = ("ground", "assessed_year", "start_date", "provisional", "closed_on")
    due: ClassVar[tuple[Due, ...]] = (Due("due_date", "period", STANDING_OPEN),)
    sections: ClassVar[str] = "admin/inspections/order.html"
    sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.SET_RECTIFICATION_DEADLINE,
            gettext_lazy("Set the due date"),
            (
                gettext_lazy("The order takes effect with a numbered letter to the bank."),
                gettext_lazy("The date is never moved."),
            ),
            lambda by, case, given: set_rectification_deadline(order=case, by=by, due=given["due"]),
            frozenset({OrderState.AWAITING_DEADLINE}),
            lambda case: DeadlineForm,
            grave=True,
        ),
        Sheet(
            Verb.ACCEPT_RECTIFICATION,
            gettext_lazy("Accept the rectification"),
            (
                gettext_lazy("The order is closed with a numbered letter to the bank."),
                gettext_lazy("With its last order closed the bank stands as qualified again."),
            ),
            lambda by, case, given: accept_rectification(order=case, by=by, remark=given["remark"]),
            frozenset({OrderState.REPORTED}),
            lambda case: RemarkForm,
            drafts=lambda case: (Draft(gettext_lazy("The letter"), acceptance_letter(case)),),
        ),
        Sheet(
            Verb.REJECT_RECTIFICATION,
            gettext_lazy("Reject the report"),
            (gettext_lazy("The bank is told why; the due date stays as it is."),),
            lambda by, case, given: reject_rectification(order=case, by=by, remark=given["remark"]),
            frozenset({OrderState.REPORTED}),
            lambda case: RemarkForm,
        ),
    )

    def files_of(self, case: Any) -> list[StoredFile]:
        """What the bank attached to its reports."""
        return [file for report in case.reports.prefetch_related("files") for file in report.files.all()]

    def links(self, request: HttpRequest, case: Any) -> list[tuple[str, str]]:
        """The determination and the letter."""
        found = []
        if case.determination_id:
            address = reverse("admin:inspections_determination_change", args=[case.determination_id])
            found.append((_("The determination"), address))
        if case.letter_id:
            found.append((_("The letter"), reverse("admin:letters_letter_change", args=[case.letter_id])))
        return found

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """The reports, each with its files."""
        reports = case.reports.select_related("submitted_by", "checked_by").prefetch_related("files")
        shown = [(report, [self.listed(case, file) for file in report.files.all()]) for report in reports]
        return {"reports": shown}
