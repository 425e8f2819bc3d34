"""Declared kinds of letter."""

from django.conf import settings
from django.utils.translation import override

from zsbank.base.cases.registry import cases, letter_kinds, letter_label
from zsbank.base.letters.models import Letter


def test_letter_codes_are_unique_and_fit_column() -> None:
    codes = [kind.code for case in cases() for kind in case.letters]
    assert len(codes) == len(set(codes)) == len(letter_kinds()) >= 8
    longest = Letter._meta.get_field("kind").max_length
    assert longest
    assert max(map(len, codes)) <= longest


def test_letters_with_remedies_are_declared() -> None:
    assert set(settings.LETTER_REMEDIES) <= letter_kinds().keys()


def test_letter_label_is_translated_and_falls_back_to_code() -> None:
    with override("zh-hans"):
        assert letter_label("exit_notice") == "退出告知书"
    with override("en"):
        assert letter_label("exit_notice") == "Exit notice"
    assert letter_label("no_longer_declared") == "no_longer_declared"
