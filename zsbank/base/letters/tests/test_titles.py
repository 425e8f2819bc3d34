"""Titles are broken at words, into lines of like length."""

from zsbank.base.letters.titles import LINE, title_lines


def test_a_short_title_stays_on_one_line() -> None:
    assert title_lines("关于示例银行甲整改验收通过的函", whole="示例银行甲") == [
        "关于示例银行甲整改验收通过的函"
    ]


def test_a_long_title_never_leaves_two_characters_alone() -> None:
    lines = title_lines("关于同意示例银行丁成为社会保障卡合作银行的函", whole="示例银行丁")
    assert lines == ["关于同意示例银行丁成为", "社会保障卡合作银行的函"]


def test_a_name_is_not_broken() -> None:
    name = "示例银行股份有限公司中山分行"
    lines = title_lines(f"关于不予同意{name}社会保障卡合作银行资格准入申请的函", whole=name)
    assert any(name in line for line in lines)
    assert "".join(lines) == f"关于不予同意{name}社会保障卡合作银行资格准入申请的函"
    assert max(map(len, lines)) <= LINE


def test_a_title_without_a_word_to_break_at_is_broken_evenly() -> None:
    lines = title_lines("甲" * 30)
    assert [len(line) for line in lines] == [15, 15]
