"""The section on legal remedies, as set for each kind of letter."""

from pytest_django import Settings

from zsbank.base.letters.kinds import LetterKind
from zsbank.base.letters.remedies import remedies

REFUSAL = LetterKind("admission_refusal", "示例")


def test_remedies_name_organ_court_and_periods(settings: Settings) -> None:
    settings.REMEDY_ORGAN, settings.REMEDY_COURT = "示例市人民政府", "示例市人民法院"
    words = " ".join(paragraph.text for paragraph in remedies(REFUSAL, "三"))
    for said in ("三、救济途径", "六十日", "示例市人民政府", "六个月", "示例市人民法院"):
        assert said in words


def test_remedies_name_online_channel_if_set(settings: Settings) -> None:
    settings.REMEDY_CHANNEL = "https://reconsideration.example"
    assert "https://reconsideration.example" in remedies(REFUSAL, "三")[1].text


def test_unlisted_kind_has_no_remedies(settings: Settings) -> None:
    settings.LETTER_REMEDIES = []
    assert remedies(REFUSAL, "三") == ()
