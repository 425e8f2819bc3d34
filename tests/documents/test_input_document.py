"""docs/en/input.md and docs/zh/input.md match the program: kinds, sizes, limits."""

import pytest
from django.conf import settings

from admission.editions.facts import TEXT_LIMIT
from admission.editions.models import CRITERION_FIELDS
from admission.editions.rules import FACT_KEYS
from admission.editions.terms import CheckName, Consulted, FactKind, FactRole, NeededFor, Provides
from banks.outlets.forms import SHEET_LIMIT
from banks.outlets.spreadsheet.cells import ROW_LIMIT
from banks.outlets.spreadsheet.workbook import ENTRY_LIMIT, UNPACKED_LIMIT
from inspections.assessments.desk import BANKS_PER_PAGE
from tests.documents.pages import LANGUAGES, section, text_of
from zsbank import settings as as_set
from zsbank.base.calendar.possible import EARLIEST, LATEST
from zsbank.base.files import archives, pdf, pdf_reader, pictures
from zsbank.base.files.kinds import EXTENSIONS
from zsbank.base.files.rules import MEGABYTE
from zsbank.base.pages import bulk_pages
from zsbank.base.pages.exports.listed import MOST_ROWS, ListFormat

EACH_ITEM, TOGETHER, LIMITS, FILES, PROXY = range(1, 6)
in_both_languages = pytest.mark.parametrize("language", LANGUAGES)


def part(number: int, language: str) -> str:
    """Return the content of a section, with thousands written without commas."""
    return section(text_of(f"docs/{language}/input.md"), number).replace(",", "")


def numbered(words: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Return pairs of language and phrase."""
    return [(language, each) for language, all_of_them in words.items() for each in all_of_them]


RATES = list(as_set.RATE_LIMITS.values())
SIGN_INS = settings.ACCOUNT_RATE_LIMITS["login"].partition("/")[0]
QUOTA = settings.CASE_QUOTA_BYTES // MEGABYTE
REQUEST = settings.REQUEST_MAX_BYTES // MEGABYTE
CHOSEN = settings.CHOSEN_QUOTA_BYTES // MEGABYTE
WITHOUT_FILES = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
COUNT = settings.DATA_UPLOAD_MAX_NUMBER_FILES
UPLOAD = settings.UPLOAD_MAX_BYTES // MEGABYTE
UNPACKED = archives.MAX_UNPACKED_BYTES // MEGABYTE
IN_SHEET, AS_CSV = MOST_ROWS[ListFormat.XLSX], MOST_ROWS[ListFormat.CSV]
SHEET, SHEET_UNPACKED = SHEET_LIMIT // MEGABYTE, UNPACKED_LIMIT // MEGABYTE


@in_both_languages
def test_each_item_has_a_documented_rule(language: str) -> None:
    said = part(EACH_ITEM, language)
    in_words = {"en": ("15 characters", f"{TEXT_LIMIT} characters"), "zh": ("15 位", f"{TEXT_LIMIT} 字")}
    for words in ("GB 32100-2015", EARLIEST.isoformat(), LATEST.isoformat(), *in_words[language]):
        assert words in said


@pytest.mark.parametrize(
    ("language", "words"),
    numbered(
        {
            "en": [
                "4420",
                "does not expire before its date of issue",
                "Different persons propose and decide",
            ],
            "zh": ["4420", "失效不早于出具", "提出与决定"],
        }
    ),
)
def test_rules_across_fields_are_documented(language: str, words: str) -> None:
    assert words in part(TOGETHER, language)


@pytest.mark.parametrize(
    ("language", "words"),
    numbered(
        {
            "en": [
                f"{RATES[0]} page views",
                f"{RATES[1]} submissions",
                f"{RATES[2]} pages that are costly",
                f"{SIGN_INS} sign-ins a minute",
                "5 failures in five minutes",
                f"{QUOTA} MB of documents",
                f"{CHOSEN} MB and {settings.CHOSEN_QUOTA_FILES} files kept for {settings.CHOSEN_KEPT_DAYS} days",
                f"{REQUEST} MB and {COUNT} files",
                f"{WITHOUT_FILES} MB without files",
                f"selected rows of a list | {bulk_pages.MOST_ROWS} rows",
                f"a list as a file | {IN_SHEET} rows for Excel; {AS_CSV} rows as CSV",
                f"on one page | {BANKS_PER_PAGE} banks",
                f"others wait {pdf.WAIT_SECONDS} seconds",
                "no application for five years",
            ],
            "zh": [
                f"查看 {RATES[0]} 次",
                f"提交 {RATES[1]} 次",
                f"费时或发信的页面 {RATES[2]} 次",
                f"同一地址每分钟 {SIGN_INS} 次",
                "五分钟内错 5 次",
                f"材料合计 {QUOTA} MB",
                f"{CHOSEN} MB、{settings.CHOSEN_QUOTA_FILES} 个，保留 {settings.CHOSEN_KEPT_DAYS} 天",
                f"合计 {REQUEST} MB、{COUNT} 个文件",
                f"不带文件的 {WITHOUT_FILES} MB",
                f"一次操作 | {bulk_pages.MOST_ROWS} 行",
                f"导出为文件 | Excel {IN_SHEET} 行；CSV {AS_CSV} 行",
                f"考核结果 | {BANKS_PER_PAGE} 家",
                f"等候 {pdf.WAIT_SECONDS} 秒",
                "五年内不得再次申请",
            ],
        }
    ),
)
def test_documented_limits_match_the_program(language: str, words: str) -> None:
    assert words in part(LIMITS, language)


@pytest.mark.parametrize(
    ("language", "words"),
    numbered(
        {
            "en": [
                f"{UPLOAD} MB; PDF {pdf_reader.MAX_PAGES} pages",
                f"{pictures.MAX_PIXELS} pixels",
                f"unpacked {UNPACKED} MB {archives.MAX_ENTRIES} entries",
                f"{SHEET} MB; unpacked {SHEET_UNPACKED} MB {ENTRY_LIMIT} entries",
                f"{ROW_LIMIT} rows",
                "quarantined and never",
            ],
            "zh": [
                f"{UPLOAD} MB；PDF {pdf_reader.MAX_PAGES} 页",
                f"{pictures.MAX_PIXELS} 像素",
                f"解压后 {UNPACKED} MB、{archives.MAX_ENTRIES} 个条目",
                f"{SHEET} MB；解压后 {SHEET_UNPACKED} MB、{ENTRY_LIMIT} 个条目",
                f"{ROW_LIMIT} 行",
                "移入隔离区，不再提供",
            ],
        }
    ),
)
def test_documented_file_kinds_match_the_program(language: str, words: str) -> None:
    assert words in part(FILES, language)


@in_both_languages
def test_every_accepted_suffix_is_documented(language: str) -> None:
    said = part(FILES, language)
    suffixes = [ending for endings in EXTENSIONS.values() for ending in endings]
    assert [suffix for suffix in [*suffixes, ".csv"] if f"`{suffix}`" not in said] == []
    assert all(f"`{word}`" in said for word in ("nosniff", "sandbox"))


@in_both_languages
def test_duties_of_proxy_and_browser_are_documented(language: str) -> None:
    said = part(PROXY, language)
    in_words = {"en": ("a host name of its own", "port 8000"), "zh": ("独占一个主机名", "8000 端口")}
    names = ("X-Forwarded-Proto", "X-Forwarded-For", "__Host-", "HSTS", *in_words[language])
    assert all(name in said for name in names)


def test_vocabulary_of_criteria_is_documented() -> None:
    said = text_of("docs/en/criteria.md")
    words = {*CRITERION_FIELDS, *FactKind.values, *CheckName.values, *NeededFor.values, *FactRole.values}
    words |= {*Provides.values, *Consulted.values, *FACT_KEYS}
    assert [word for word in sorted(words) if f"`{word}`" not in said] == []
