"""Kinds of letter, as the subjects declare them."""

from django.conf import settings
from django.utils.translation import override

from zsbank.base.cases.registry import cases, letter_kinds, letter_label
from zsbank.base.letters.models import Letter


def test_a_code_is_declared_once_and_fits_its_column() -> None:
    codes = [kind.code for case in cases() for kind in case.letters]
    assert len(codes) == len(set(codes)) == len(letter_kinds()) >= 8
    longest = Letter._meta.get_field("kind").max_length
    assert longest
    assert max(map(len, codes)) <= longest


def test_letters_with_remedies_are_of_kinds_that_are_declared() -> None:
    assert set(settings.LETTER_REMEDIES) <= letter_kinds().keys()


def test_the_label_is_in_the_readers_language_and_an_unknown_code_is_its_own() -> None:
    with override("zh-hans"):
        assert letter_label("exit_notice") == "退出告知书"
    with override("en"):
        assert letter_label("exit_notice") == "Exit notice"
    assert letter_label("no_longer_declared") == "no_longer_declared"
