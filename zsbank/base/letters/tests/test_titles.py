"""Line breaks in titles."""

from itertools import combinations, pairwise
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zsbank.base.letters import titles
from zsbank.base.letters.titles import BEFORE, LINE, title_lines


def test_short_title_has_one_line() -> None:
    assert title_lines("关于示例银行甲整改验收通过的函", whole="示例银行甲") == [
        "关于示例银行甲整改验收通过的函"
    ]


def test_long_title_has_even_lines() -> None:
    lines = title_lines("关于同意示例银行丁成为社会保障卡合作银行的函", whole="示例银行丁")
    assert lines == ["关于同意示例银行丁成为", "社会保障卡合作银行的函"]


def test_name_in_title_is_not_broken() -> None:
    name = "示例银行股份有限公司中山分行"
    lines = title_lines(f"关于不予同意{name}社会保障卡合作银行资格准入申请的函", whole=name)
    assert any(name in line for line in lines)
    assert "".join(lines) == f"关于不予同意{name}社会保障卡合作银行资格准入申请的函"
    assert max(map(len, lines)) <= LINE


def test_title_without_words_is_broken_evenly() -> None:
    lines = title_lines("甲" * 30)
    assert [len(line) for line in lines] == [15, 15]


def by_trying_all(title: str, whole: str) -> list[str]:
    """Return the lines as they were found before: from a list of all ways to break the title."""
    if len(title) <= LINE:
        return [title]
    for count in range(ceil(len(title) / LINE), ceil(len(title) / LINE) + 2):
        for allowed in (titles._breaks(title, whole), tuple(range(1, len(title)))):
            ways = (
                [title[start:end] for start, end in pairwise((0, *places, len(title)))]
                for places in combinations(allowed, count - 1)
            )
            fitting = [lines for lines in ways if max(map(len, lines)) <= LINE]
            if fitting:
                return min(fitting, key=lambda lines: max(map(len, lines)) - min(map(len, lines)))
    return [title]


PIECES = st.sampled_from([*BEFORE, "示例银行", "关于", "的函", "甲", "中山分行", "ABC"])


@given(pieces=st.lists(PIECES, max_size=14), name=st.sampled_from(["", "示例银行", "示例银行甲", "甲"]))
def test_lines_are_those_of_trying_all(pieces: list[str], name: str) -> None:
    title = "".join(pieces)[:45]
    assert title_lines(title, whole=name) == by_trying_all(title, name)


LONG = [
    pytest.param("甲" * 120, id="no words"),
    pytest.param("合作" * 60, id="words only"),
    pytest.param("关于同意" + "示例银行" * 25 + "成为社会保障卡合作银行的函", id="a long name"),
    pytest.param("资格准入" * 50, id="as long as a title may be"),
    pytest.param(("甲" * 19 + "合作") * 6, id="words that almost fit"),
]


@pytest.mark.parametrize("title", LONG)
def test_work_grows_with_the_length_only(title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked, ends_from = [0], titles._ends_from

    def counted(*asked: object) -> object:
        looked[0] += 1
        return ends_from(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(titles, "_ends_from", counted)
    lines = title_lines(title)
    assert "".join(lines) == title
    assert max(map(len, lines)) <= LINE
    assert looked[0] <= 50 * len(title)
