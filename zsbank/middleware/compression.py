"""Compression of pages, lists and data; stored files are sent as they are."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

COMPRESSED = ("text/html", "text/csv", "application/json", "application/problem+json")


class CompressPages(GZipMiddleware):
    """Django's compression, for text only.

    A page reflects input beside secrets, so its length could reveal them (BREACH): Django masks the CSRF token anew in
    each answer and adds a random number of bytes to each compressed one, and a session is in no page.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress an answer of text."""
        if not response.headers.get("Content-Type", "").startswith(COMPRESSED):
            return response
        answer: HttpResponseBase = super().process_response(request, response)
        return answer
