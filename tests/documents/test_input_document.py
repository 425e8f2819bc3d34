"""What the documents promise is what the code does: kinds, sizes and limits in docs/input.md."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from admission.editions.facts import EARLIEST, LATEST, TEXT_LIMIT
from banks.outlets.forms import SHEET_LIMIT
from banks.outlets.spreadsheet import ENTRY_LIMIT, ROW_LIMIT, UNPACKED_LIMIT
from zsbank import settings as as_set
from zsbank.base.files import archives, pdf, pictures
from zsbank.base.files.kinds import ENDINGS

MEGABYTE = 1024 * 1024


def part(heading: str) -> str:
    """What stands under a heading of docs/input.md."""
    text = (Path(settings.BASE_DIR) / "docs" / "input.md").read_text(encoding="utf-8")
    parts = dict(re.findall(r"^## [^\n]*· ([^\n]+)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    return parts[heading].replace(",", "")


def test_each_item_has_its_rule() -> None:
    said = part("Each item")
    for words in (
        "GB 32100-2015",
        "15 characters",
        EARLIEST.isoformat(),
        LATEST.isoformat(),
        f"{TEXT_LIMIT} characters",
    ):
        assert words in said
    for place in re.findall(r"`((?:zsbank|banks|admission|inspections)/\S+\.py)`", said):
        assert (Path(settings.BASE_DIR) / place).is_file(), place


def test_what_has_to_fit_together_is_told() -> None:
    said = part("What has to fit together")
    assert all(words in said for words in ("4420", "expires after it was issued", "does not decide"))


@pytest.mark.parametrize(
    "words",
    [
        *(
            f"{rate.partition('/')[0]} {word}"
            for rate, word in zip(as_set.PACE.values(), ("looks", "submissions", "costly"), strict=True)
        ),
        f"{settings.ACCOUNT_RATE_LIMITS['login'].partition('/')[0]} sign-ins a minute",
        "5 failures in five minutes",
        f"{settings.CASE_QUOTA_BYTES // MEGABYTE} MB of documents",
        f"{settings.REQUEST_MAX_BYTES // MEGABYTE} MB and {settings.DATA_UPLOAD_MAX_NUMBER_FILES} files",
        f"{settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE} MB without files",
        "no application for five years",
    ],
)
def test_a_limit_is_told_as_it_is(words: str) -> None:
    assert words in part("Limits")


@pytest.mark.parametrize(
    "words",
    [
        *(f"`{ending}`" for endings in ENDINGS.values() for ending in endings),
        "`.csv`",
        f"{settings.UPLOAD_MAX_BYTES // MEGABYTE} MB；PDF {pdf.PAGES} 页",
        f"{pictures.PIXELS} 像素",
        f"unpacked {archives.UNPACKED // MEGABYTE} MB、{archives.ENTRIES} 个条目",
        f"{SHEET_LIMIT // MEGABYTE} MB；解压后 unpacked {UNPACKED_LIMIT // MEGABYTE} MB、{ENTRY_LIMIT} 个条目",
        f"{ROW_LIMIT} 行",
        "quarantined and never given out",
        "`nosniff` and `sandbox`",
    ],
)
def test_what_files_are_taken_is_told_as_it_is(words: str) -> None:
    assert words in part("Files")


def test_what_the_proxy_and_the_browser_have_to_do_is_told() -> None:
    said = part("The reverse proxy and the browser")
    names = ("X-Forwarded-Proto", "X-Forwarded-For", "__Host-", "a host name of its own", "HSTS", "port 8000")
    assert all(name in said for name in names)
