"""docs/en/security and docs/zh/security match the program: names and numbers."""

import json
import logging
import re
from importlib import metadata
from pathlib import Path

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.utils.module_loading import import_string

from tests.documents.pages import LANGUAGES, rows, text_of
from tests.program.test_connections import SPEAKS, secrets  # noqa: F401 a fixture  # noqa: F401 a fixture
from zsbank import settings as as_set
from zsbank.base.accounts.sign_in_records import SIGN_IN_VERBS
from zsbank.base.files import pdf, pdf_reader, scanner
from zsbank.base.files.rules import MEGABYTE
from zsbank.base.journal.words import all_words
from zsbank.logs import JsonFormatter

ROOT = settings.BASE_DIR
in_both_languages = pytest.mark.parametrize("language", LANGUAGES)


def document(name: str, language: str = "en") -> str:
    """Return the text of a document."""
    return text_of(f"docs/{language}/security/{name}")


@in_both_languages
def test_every_secret_is_in_the_list_of_keys(language: str) -> None:
    read = set()
    for name in ("settings.py", "settings_bureau.py", "settings_people.py", "environment.py"):
        read |= set(re.findall(r'\bsecret\("(\w+)"\)', (ROOT / "zsbank" / name).read_text(encoding="utf-8")))
    assert len(read) >= 6
    assert [name for name in read if name not in document("keys.md", language)] == []


def test_every_key_has_use_holders_and_rotation() -> None:
    head, *keys = [row for row in rows(document("keys.md")) if len(row) == 5]
    assert head == ["Key", "Protects", "Must not be used for", "Available to", "Changed"]
    assert len(keys) >= 9
    assert all(row[1] and row[3] and row[4] for row in keys)


def test_every_secret_of_compose_is_made_by_the_script(secrets: Path) -> None:  # noqa: F811
    compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    given = set(re.findall(r"\./secrets/(\w+)", compose))
    assert {path.name for path in secrets.iterdir()} == given | {"ca_key"}


@pytest.mark.parametrize(
    ("language", "mail", "seconds", "scan"),
    [
        ("en", "mail server", "{} s", "{:.0f} s to connect, {:.0f} s for a ping, {:.0f} s a file"),
        ("zh", "邮件服务器", "{} 秒", "连接 {:.0f} 秒，探测 {:.0f} 秒，每个文件 {:.0f} 秒"),
    ],
)
def test_every_connection_has_limits_and_failure_behaviour(
    language: str, mail: str, seconds: str, scan: str
) -> None:
    table = {row[0]: row for row in rows(document("connections.md", language)) if len(row) == 5}
    assert {"PostgreSQL", "Redis", mail, "ClamAV"} <= set(table)
    assert all(all(row) for row in table.values())
    assert seconds.format(settings.EMAIL_TIMEOUT) in table[mail][3]
    assert table["ClamAV"][3] == scan.format(
        scanner.CONNECT_SECONDS, scanner.PING_SECONDS, scanner.SCAN_SECONDS
    )
    assert all((ROOT / name).exists() for name in SPEAKS)


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["1 secret", "2 personal", "3 of a case", "4 public by nature"]),
        ("zh", ["1 秘密", "2 个人", "3 办件", "4 可公开"]),
    ],
)
def test_every_data_level_has_requirements(language: str, names: list[str]) -> None:
    tables = rows(document("data.md", language))
    assert [row[0] for row in tables if re.match(r"\d ", row[0])] == names
    required = [row for row in tables if len(row) == 5 and not re.match(r"\d |Level|级别", row[0])]
    assert len(required) == 10
    assert all(all(row) for row in required)


def test_data_levels_have_requirements_at_every_place() -> None:
    required = {row[0] for row in rows(document("data.md"))}
    assert {
        "on the way",
        "at rest",
        "integrity",
        "in a browser",
        "in the program's log",
        "to others",
    } <= required


@in_both_languages
def test_lifetimes_of_links_match_the_settings(language: str) -> None:
    unit = {"en": "minutes", "zh": "分钟"}[language]
    assert f"{settings.PASSWORD_RESET_TIMEOUT // 60} {unit}" in document("data.md", language)


@in_both_languages
def test_log_fields_match_the_document(language: str) -> None:
    error = RuntimeError("x")
    record = logging.LogRecord("zsbank", logging.ERROR, "", 1, "x", (), (RuntimeError, error, None))
    record.request, record.status_code = RequestFactory().get("/"), 500
    line = json.loads(JsonFormatter().format(record))
    assert [name for name in line if f"`{name}`" not in document("logs.md", language)] == []
    assert set(SIGN_IN_VERBS) <= set(all_words())
    handlers = {name: handler["class"] for name, handler in settings.LOGGING["handlers"].items()}
    assert handlers == {"console": "logging.StreamHandler", "day": "zsbank.logs.DayFileHandler"}


@pytest.mark.parametrize(
    ("language", "asked", "unpacked", "looked", "made", "pages", "sign_ins"),
    [
        (
            "en",
            "reading {reads}, changing {writes}, costly pages {costly} a minute",
            "{} MB, unpacking {} MB of a PDF",
            "{} s of processor time, {} s and {} GiB for a PDF",
            "{} s at most",
            "{} rows a page, {} by the API",
            "{} a minute an address",
        ),
        (
            "zh",
            "每分钟查看 {reads} 次、提交 {writes} 次、费时的页面 {costly} 次",
            "{} MB，一个 PDF 解压 {} MB",
            "每个 PDF 处理器 {} 秒、全程 {} 秒、内存 {} GiB",
            "至多 {} 秒",
            "每页 {} 行，接口 {} 行",
            "同一地址每分钟 {} 次",
        ),
    ],
)
def test_load_limits_match_the_settings(
    language: str, asked: str, unpacked: str, looked: str, made: str, pages: str, sign_ins: str
) -> None:
    said = document("load.md", language)
    paging = import_string(str(settings.REST_FRAMEWORK["DEFAULT_PAGINATION_CLASS"]))
    assert asked.format(**as_set.RATE_LIMITS) in said
    assert (
        unpacked.format(settings.UPLOAD_MAX_BYTES // MEGABYTE, pdf_reader.MAX_UNPACKED_BYTES // MEGABYTE)
        in said
    )
    assert (
        looked.format(pdf_reader.MAX_SECONDS, pdf.SECONDS, pdf_reader.MAX_MEMORY_BYTES // MEGABYTE // 1024)
        in said
    )
    assert made.format(settings.CELERY_TASK_TIME_LIMIT) in said
    assert pages.format(paging.page_size, paging.max_page_size) in said
    assert sign_ins.format(settings.ACCOUNT_RATE_LIMITS["login"].partition("/")[0]) in said
    assert settings.ACCOUNT_RATE_LIMITS["login_failed"].endswith("5/300s/key")


def test_deadlines_for_vulnerabilities_are_documented() -> None:
    times = [row[1] for row in rows(document("components.md")) if len(row) == 2]
    assert times[1:5] == ["2 days: upgrade, or switch the function off", "7 days", "30 days", "90 days"]
    days = [re.match(r"\d+", row[1]) for row in rows(document("components.md", "zh"))[1:5]]
    assert [found and found[0] for found in days] == ["2", "7", "30", "90"]


@in_both_languages
def test_upload_parsers_are_production_requirements(language: str) -> None:
    listed = text_of("requirements.txt")
    said = set(re.findall(r"`([a-z]+)`", document("components.md", language)))
    assert {"pikepdf", "pillow", "openpyxl", "defusedxml", "gunicorn", "weasyprint"} <= said
    assert [name for name in said if f"\n{name}==" not in listed] == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements/test.txt"])
def test_every_component_is_pinned_from_the_registry(name: str) -> None:
    lines = [
        line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if re.match(r"[^\s#]", line)
    ]
    assert len(lines) > 30
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+(\[[\w,-]+\])?==[\w.]+( ;.*)?", line)] == []


def test_installed_packages_are_those_listed() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    listed = dict(line.split("==") for line in lines if "==" in line and ";" not in line)
    here = {name: metadata.version(name.partition("[")[0]) for name in listed}
    assert here == {name: version.strip() for name, version in listed.items()}


def test_table_of_libraries_matches_the_code() -> None:
    listed = text_of("requirements.txt").lower()
    installed = dict(re.findall(r"([\w.-]+?)(?:\[[\w,-]+\])?==([\w.]+)", listed))
    head, *table = rows(text_of("docs/libraries.md"))
    assert head == ["Own component", "Purpose", "Library", "Version, last release", "Licence", "Why not"]
    for own, does, library, version, licence, why in table:
        places = [ROOT / place for place in re.findall(r"`([^`]+)`", own)]
        assert not own or (does and sum(map(_length, places)) > 100), own
        assert licence, library
        assert why, library
        name = library.split("`")[1]
        said = installed.get(name) if version == "used" else version.partition(",")[0]
        assert name == "calendar" or said == installed.get(name, said) is not None, library


def _length(place: Path) -> int:
    """Return the number of lines of a file, or of all files of a folder."""
    files = place.rglob("*.py") if place.is_dir() else [place]
    return sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)


@pytest.mark.parametrize(("page", "language"), [("SECURITY.md", "en"), ("SECURITY.zh-CN.md", "zh")])
def test_security_page_links_all_documents(page: str, language: str) -> None:
    names = {path.name for path in (ROOT / "docs" / language / "security").glob("*.md")}
    assert len(names) == 6
    assert [name for name in names if f"docs/{language}/security/{name}" not in text_of(page)] == []
