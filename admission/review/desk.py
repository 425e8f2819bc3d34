"""Opinions at the desk: the only cases a liaison sees."""

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from admission.applications.models import Answer
from admission.applications.undertakings import Undertaking, standing_commitment, undertaking_in
from admission.review.models import Opinion
from zsbank.base.cases.turns import Text
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.case_files import FilesOfCases


class OpinionDesk(FilesOfCases, CaseDesk):
    """Questions to the medical insurance side, and its answers."""

    list_display = ("case_number", "bank_name", "criterion_named", "asked_at", "given_on", "result")
    empty_text: ClassVar[Text] = gettext_lazy(
        "Questions appear here when a reviewer asks the medical insurance department about a criterion."
    )
    list_filter = ("result",)
    list_select_related = ("application__bank", "criterion")
    facts: ClassVar[tuple[str, ...]] = (
        "criterion_named",
        "asked_at",
        "asked_by",
        "result",
        "given_on",
        "text",
    )
    sections: ClassVar[str] = "admin/admission/opinion.html"

    @admin.display(description=gettext_lazy("case number"))
    def case_number(self, opinion: Opinion) -> str:
        """The number of the application."""
        return opinion.application.case_number

    @admin.display(description=gettext_lazy("bank"))
    def bank_name(self, opinion: Opinion) -> str:
        """Return the bank of the application."""
        return str(opinion.bank)

    @admin.display(description=gettext_lazy("criterion"), ordering="criterion")
    def criterion_named(self, opinion: Opinion) -> str:
        """Return number and title of the criterion in the reader's language."""
        return opinion.criterion.named

    def files_of(self, case: Any) -> list[StoredFile]:
        """Return the evidence for this criterion and the service commitment, and no other file of the case."""
        answer, given = self._answer(case), self._undertaking(case)
        standing = [evidence.file for evidence in answer.standing_evidence] if answer else []
        return [*([given.commitment.file] if given and given.commitment else []), *standing]

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Add the bank's answer and undertaking to this criterion."""
        return {
            "answer": self._answer(case),
            "undertaking": self._undertaking(case),
            "files": self.listed_files(case),
        }

    def _undertaking(self, opinion: Opinion) -> Undertaking | None:
        commitment = standing_commitment(opinion.application)
        return undertaking_in(opinion.criterion, self._answer(opinion), commitment)

    def _answer(self, opinion: Opinion) -> Answer | None:
        answers = opinion.application.answers.with_evidence()
        return answers.filter(criterion=opinion.criterion).first()
