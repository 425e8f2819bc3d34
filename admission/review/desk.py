"""The opinions of the medical insurance side at the desk: all that its liaison sees."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from admission.applications.models import Answer
from admission.review.actions.opinions import give_opinion, take_back_opinion
from admission.review.forms import OpinionForm
from admission.review.models import Opinion
from admission.review.rules import may_answer_opinion, may_give_opinion
from admission.review.states import OpinionResult
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.case_files import FilesOfCases
from zsbank.base.pages.desk_admin import DeskAdmin
from zsbank.base.pages.sheets import ReasonForm, Sheet
from zsbank.base.permissions import Verb


@admin.register(Opinion)
class OpinionAdmin(FilesOfCases, DeskAdmin):
    """What the medical insurance side is asked, and its answers: all that its liaison sees."""

    seen_with: ClassVar[Verb] = Verb.SEE_OPINIONS
    list_display = ("application", "bank_name", "criterion", "asked_at", "given_on", "result")
    list_filter = ("result",)
    list_select_related = ("application__bank", "criterion")
    facts: ClassVar[tuple[str, ...]] = ("criterion", "asked_at", "asked_by", "result", "given_on", "text")
    sections: ClassVar[str] = "admin/admission/opinion.html"
    sheets: ClassVar[tuple[Sheet, ...]] = (
        Sheet(
            Verb.GIVE_OPINION,
            gettext_lazy("Give the opinion"),
            (gettext_lazy("The reviewer reads it with the criterion; it cannot be changed afterwards."),),
            lambda by, case, given: give_opinion(
                opinion=case, by=by, **(given | {"result": OpinionResult(given["result"])})
            ),
            form=lambda case: OpinionForm,
            why_not=lambda by, case: may_answer_opinion(by, case).why_not,
        ),
        Sheet(
            Verb.TAKE_BACK_OPINION,
            gettext_lazy("Take the question back"),
            (gettext_lazy("The recommendation waits for this answer no longer."),),
            lambda by, case, given: take_back_opinion(opinion=case, by=by, reason=given["reason"]),
            form=lambda case: ReasonForm,
            why_not=lambda by, case: may_give_opinion(case).why_not,
        ),
    )

    @admin.display(description=gettext_lazy("bank"))
    def bank_name(self, opinion: Opinion) -> str:
        """Whose application it is."""
        return str(opinion.bank)

    def files_of(self, case: Any) -> list[StoredFile]:
        """The evidence that the bank attached to this criterion, and nothing else of the case."""
        answer = self._answer(case)
        return [evidence.file for evidence in answer.standing_evidence] if answer else []

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """What the bank says to this criterion."""
        return {"answer": self._answer(case), "files": self.listed_files(case)}

    def _answer(self, opinion: Opinion) -> Answer | None:
        answers = opinion.application.answers.with_evidence()
        return answers.filter(criterion=opinion.criterion).first()
