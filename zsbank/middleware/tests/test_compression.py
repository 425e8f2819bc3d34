"""Pages are compressed; stored files are not."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from zsbank.middleware.compression import CompressPages

TEXT = "示例" * 500


def answer_of(kind: str) -> HttpResponse:
    """Return an answer of a content type to a browser that takes compressed ones."""
    request: HttpRequest = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    answer = CompressPages(lambda _request: HttpResponse(TEXT, content_type=kind))(request)
    assert isinstance(answer, HttpResponse)
    return answer


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "text/csv"])
def test_text_is_compressed_with_changing_length(kind: str) -> None:
    answers = [answer_of(kind) for _time in range(8)]
    assert {answer.headers["Content-Encoding"] for answer in answers} == {"gzip"}
    assert gzip.decompress(answers[0].content).decode() == TEXT
    assert len({len(answer.content) for answer in answers}) > 1


def test_files_are_sent_as_they_are() -> None:
    assert "Content-Encoding" not in answer_of("application/pdf").headers
