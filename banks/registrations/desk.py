"""Registrations to be judged, at the desk."""

from typing import Any, ClassVar

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from banks.register.queries import known_like
from zsbank.base.cases.turns import Text
from zsbank.base.pages.case_desk import CaseDesk
from zsbank.base.pages.columns import case_state_column


class RegistrationDesk(CaseDesk):
    """Registrations with the banks that they look like."""

    list_display = (
        "name",
        case_state_column("state", gettext_lazy("state")),
        "uscc",
        "requested_at",
        "requested_by",
        "next_step",
    )
    list_filter = ("state",)
    list_select_related = ("requested_by",)
    empty_text: ClassVar[Text] = gettext_lazy(
        "Registrations appear here when an intake officer registers a bank that looks like a known one."
    )
    facts: ClassVar[tuple[str, ...]] = (
        "uscc",
        "category",
        "license_institution_code",
        "address",
        "statement",
        "requested_at",
        "requested_by",
        "decided_at",
        "decided_by",
        "decision",
    )
    sections: ClassVar[str] = "admin/banks/registration.html"

    def heading(self, case: Any) -> str:
        """Return the kind of case."""
        return str(self.opts.verbose_name)

    def more(self, request: HttpRequest, case: Any) -> dict[str, Any]:
        """Add the banks that a pending registration looks like, as of now."""
        return {"alike": known_like(case.data) if case.is_pending else []}
