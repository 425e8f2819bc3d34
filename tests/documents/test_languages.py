"""English and Chinese documents are complete and correspond."""

import datetime as dt
import re

import pytest
from django.core.management import get_commands

from tests.documents.pages import ROOT, blocks, headings, links, names, prose, rows, text_of
from zsbank.base.calendar.periods import Unit, calculate

FOR_DEVELOPERS = {"adding-a-case.md", "libraries.md"}
"""In English only."""

PAGES = sorted(path.relative_to(ROOT / "docs/zh").as_posix() for path in (ROOT / "docs/zh").rglob("*.md"))
PAIRS = [
    ("README.md", "README.zh-CN.md"),
    ("SECURITY.md", "SECURITY.zh-CN.md"),
    *((f"docs/en/{page}", f"docs/zh/{page}") for page in PAGES),
]
EVERY_PAGE = sorted({"CONTRIBUTING.md", "CHANGELOG.md", *(page for pair in PAIRS for page in pair)})
CHINESE = re.compile(r"[\u4e00-\u9fff]")
FIELD_WORDS = re.compile(
    r"`[^`]*`|“[^”]*”|\[中文\]|（二）|\((?:个人信息保护法|网络安全法|办理记录)\)"
    r"|角色一览|人员 →\s解除遗失的二次验证|记录 → 导出以供核对"
)
"""Chinese permitted on an English page: names of laws, of pages at the desk, of the other language."""


def test_every_page_exists_in_both_languages() -> None:
    english = {path.relative_to(ROOT / "docs/en").as_posix() for path in (ROOT / "docs/en").rglob("*.md")}
    assert english - FOR_DEVELOPERS == set(PAGES)
    assert len(PAGES) == 15


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_both_languages_have_the_same_structure(english: str, chinese: str) -> None:
    here, there = text_of(english), text_of(chinese)
    assert [level for level, _words in headings(here)] == [level for level, _words in headings(there)]
    assert blocks(here) == blocks(there)
    assert [len(row) for row in rows(here)] == [len(row) for row in rows(there)]
    assert sorted(set(names(here))) == sorted(set(names(there)))


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_both_languages_have_the_same_links(english: str, chinese: str) -> None:
    def neutral(path: str) -> set[str]:
        pairs = (("docs/zh/", "docs/en/"), (".zh-CN.md", ".md"))
        found = set(links(text_of(path)))
        for one, other in pairs:
            found = {link.replace(one, other) for link in found}
        return found - {"README.md", "SECURITY.md"}

    assert neutral(english) == neutral(chinese)


@pytest.mark.parametrize(("english", "chinese"), PAIRS)
def test_a_page_has_one_language(english: str, chinese: str) -> None:
    assert CHINESE.findall(FIELD_WORDS.sub("", prose(text_of(english)))) == []
    assert [words for _level, words in headings(text_of(chinese)) if not CHINESE.search(words)] == []


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_links_are_not_broken(page: str) -> None:
    folder = (ROOT / page).parent
    assert [link for link in links(text_of(page)) if not (folder / link).exists()] == []


@pytest.mark.parametrize("page", [page for page in EVERY_PAGE if page.startswith(("docs/", "SECURITY"))])
def test_named_files_exist(page: str) -> None:
    paths = [
        name.partition("::")[0]
        for name in names(text_of(page))
        if re.fullmatch(r"(?:zsbank|banks|admission|inspections|exit|tests)/\S+", name)
    ]
    assert [path for path in paths if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_worked_examples_of_periods_match_the_program(language: str) -> None:
    units = {"个月": "month", "日": "day", "年": "year", "个工作日": "workday"}
    count = 0
    for row in rows(text_of(f"docs/{language}/periods.md")):
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", row[0]):
            continue
        number, unit, *rest = row[1].split()
        period = calculate(
            dt.date.fromisoformat(row[0]), int(number), Unit(units.get(unit, unit)), roll=not rest
        )
        assert period.last_day.isoformat() == row[2]
        count += 1
    assert count == 7


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_named_commands_exist(page: str) -> None:
    text = text_of(page)
    asked = set(re.findall(r"manage\.py ([a-z_]+)", text))
    assert asked - set(get_commands()) == set()
    programs = set(re.findall(r"(?<![\w/])(bin/[a-z_]+(?:\.py|\.sh)?)", text))
    assert [program for program in programs if not (ROOT / program).exists()] == []
    modules = set(re.findall(r"python -m bench\.(\w+)", text))
    assert [
        name
        for name in modules
        if not {*ROOT.glob(f"bench/{name}.py"), *ROOT.glob(f"bench/{name}/__main__.py")}
    ] == []
