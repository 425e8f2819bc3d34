"""Line breaks in titles."""

from zsbank.base.letters.titles import LINE, title_lines


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
