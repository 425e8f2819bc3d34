"""What a letter says of remedies is a setting, kind by kind."""

from pytest_django import Settings

from zsbank.base.letters.kinds import LetterKind
from zsbank.base.letters.remedies import remedies

REFUSAL = LetterKind("admission_refusal", "示例")


def test_it_names_organ_court_and_both_periods(settings: Settings) -> None:
    settings.REMEDY_ORGAN, settings.REMEDY_COURT = "示例市人民政府", "示例市人民法院"
    words = " ".join(paragraph.text for paragraph in remedies(REFUSAL, "三"))
    for said in ("三、救济途径", "六十日", "示例市人民政府", "六个月", "示例市人民法院"):
        assert said in words


def test_the_online_channel_is_named_when_it_is_set(settings: Settings) -> None:
    settings.REMEDY_CHANNEL = "https://reconsideration.example"
    assert "https://reconsideration.example" in remedies(REFUSAL, "三")[1].text


def test_a_kind_that_the_setting_leaves_out_has_none(settings: Settings) -> None:
    settings.LETTER_REMEDIES = []
    assert remedies(REFUSAL, "三") == ()
