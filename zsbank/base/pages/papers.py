"""PDF files that the portal makes on request."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.utils.translation import override

from zsbank.base.accounts.models import User
from zsbank.base.accounts.user_lock import Busy, user_lock
from zsbank.base.letters.render import faces, pdf_from


def pdf_response(
    request: HttpRequest, by: User, template: str, context: dict[str, Any], *, name: str, identifier: str
) -> HttpResponse:
    """Render a template in official Chinese as a PDF to download; status 429 while the person's last one is made.

    Rendering takes one or two seconds of CPU time, so each person renders one at a time.

    Args:
        name: the file name.
        identifier: identifies the content; the same content has the same one.
    """
    try:
        with user_lock(by, "receipt"), override("zh-hans"):
            page = render_to_string(template, context | {"faces": faces(), "organ": settings.BUREAU_NAME})
            content = pdf_from(page, identifier=identifier)
    except Busy as refusal:
        return render(request, "refused.html", {"refusal": refusal}, status=429)
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer
