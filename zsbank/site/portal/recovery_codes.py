"""The page that shows recovery codes once."""

from typing import Any

from allauth.mfa.recovery_codes.views import ViewRecoveryCodesView
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from zsbank.base.accounts.recovery_codes import replace_by_hashes


@method_decorator(never_cache, name="dispatch")
class RecoveryCodesView(ViewRecoveryCodesView):  # type: ignore[misc]
    """Shows the recovery codes once."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the codes, and replace them in the database by hashes."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if context["can_view_codes"]:
            replace_by_hashes(person=self.request.user, codes=context["unused_codes"])
        return context
