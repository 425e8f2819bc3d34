"""Headers of file responses; the middleware does not override them."""

from io import BufferedReader
from typing import Any

import pytest
from csp.middleware import CSPMiddleware
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.test import RequestFactory

from zsbank.base.files import store
from zsbank.base.files.actions import store_upload
from zsbank.base.files.models import StoredFile
from zsbank.base.files.tests.papers import office, picture, small_pdf
from zsbank.base.pages.file_response import DOWNLOAD_POLICY, INLINE_POLICY, serve
from zsbank.base.refusals import Refused

pytestmark = pytest.mark.django_db
POLICY = "Content-Security-Policy"


def submitted_file(content: bytes) -> StoredFile:
    """A submitted file."""
    return store_upload(content=ContentFile(content), name="材料", by=None)


def headers(content: bytes, *, in_page: bool = False) -> dict[str, Any]:
    """Return the headers that reach the browser, after django-csp's middleware."""
    response = serve(submitted_file(content), in_page=in_page)
    if response.file_to_stream:
        response.file_to_stream.close()
    CSPMiddleware(lambda _request: HttpResponse()).process_response(RequestFactory().get("/"), response)
    return dict(response.headers)


def test_middleware_sets_policy_on_other_pages() -> None:
    page = HttpResponse()
    CSPMiddleware(lambda _request: page).process_response(RequestFactory().get("/"), page)
    assert "script-src" in page[POLICY]


@pytest.mark.parametrize("content", [small_pdf(), picture("PNG"), office()], ids=["PDF", "PNG", "DOCX"])
def test_download_is_sandboxed(content: bytes) -> None:
    given = headers(content)
    assert given[POLICY] == DOWNLOAD_POLICY
    assert "sandbox" in DOWNLOAD_POLICY.split("; ")
    assert given["X-Frame-Options"] == "DENY"
    assert given["Content-Disposition"].startswith("attachment")
    assert given["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("content", "policy"),
    [
        pytest.param(small_pdf(), INLINE_POLICY, id="PDF"),
        pytest.param(picture("PNG"), f"{INLINE_POLICY}; sandbox", id="PNG"),
    ],
)
def test_inline_file_has_strict_policy(content: bytes, policy: str) -> None:
    given = headers(content, in_page=True)
    assert given[POLICY] == policy
    assert given["Content-Disposition"].startswith("inline")
    assert given["X-Content-Type-Options"] == "nosniff"


def test_office_file_is_always_downloaded() -> None:
    given = headers(office(), in_page=True)
    assert (given[POLICY], given["Content-Disposition"][:10]) == (DOWNLOAD_POLICY, "attachment")


def test_changed_file_is_not_served() -> None:
    file = submitted_file(small_pdf())
    store.move_into_place(file.stored_name)
    store.final_path(file.stored_name).write_bytes(small_pdf() + b"%")
    with pytest.raises(Refused):
        serve(file)


def test_file_is_closed_after_serving_or_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    opened, open_bytes = list[BufferedReader](), store.open_bytes

    def noting(name: str) -> BufferedReader:
        opened.append(open_bytes(name))
        return opened[-1]

    monkeypatch.setattr(store, "open_bytes", noting)
    file = submitted_file(small_pdf())
    response = serve(file)
    assert [one.closed for one in opened] == [False]
    response.close()
    file.sha256 = "0" * 64
    with pytest.raises(Refused):
        serve(file)
    assert [one.closed for one in opened] == [True, True]
