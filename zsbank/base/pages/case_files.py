"""Files of a case at the desk: listed on its page, served to people who see the case; each access is recorded."""

from collections.abc import Callable
from typing import Any

from csp.constants import SELF
from django.http import Http404, HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from zsbank.base.accounts.models import User
from zsbank.base.files.actions import record_opening
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.file_response import serve
from zsbank.base.refusals import Refused


class FilesOfCases:
    """Mixin for a desk whose cases have files; only files returned by `files_of` are served."""

    files_of: Callable[[Any], list[StoredFile]]
    """Returns the files of a case that may be seen with it; the desk defines it."""

    def get_urls(self) -> list[URLPattern]:
        """Add the URL of files."""
        register: Any = self
        view = register.admin_site.admin_view(self.file_view)
        own = path("<int:pk>/files/<int:file>/", view, name=f"{register.base}_file")
        return [own, *super().get_urls()]  # type: ignore[misc]

    def file_view(self, request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
        """Serve one file, inline where the browser can show it.

        Raises:
            Http404: the file does not belong to the case.
        """
        register: Any = self
        case = register.case_or_404(request, str(pk))
        found = next((own for own in self.files_of(case) if own.pk == file), None)
        if found is None or not isinstance(request.user, User):
            raise Http404
        try:
            response = serve(found, in_page="download" not in request.GET)
        except Refused as refusal:
            return _allow_framing(TemplateResponse(request, "refused.html", {"refusal": refusal}, status=409))
        record_opening(file=found, case=case, by=request.user)
        return response

    def listed(self, case: Any, file: StoredFile) -> tuple[StoredFile, str]:
        """Return a file with its URL."""
        register: Any = self
        return file, reverse(f"admin:{register.base}_file", args=[case.pk, file.pk])

    def listed_files(self, case: Any) -> list[tuple[StoredFile, str]]:
        """Return all files of a case with their URLs."""
        return [self.listed(case, file) for file in self.files_of(case)]


def _allow_framing(page: TemplateResponse) -> TemplateResponse:
    """Allow the review page to show the refusal in its frame; other pages cannot be framed."""
    page.headers["X-Frame-Options"] = "SAMEORIGIN"
    page._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]  # noqa: SLF001 django-csp's own way
    return page
