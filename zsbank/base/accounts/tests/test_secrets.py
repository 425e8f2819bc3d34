"""Encrypted secrets: readable with the keys that are given, and with no other."""

import pytest
from pytest_django import Settings

from zsbank.base.accounts.secrets import CannotUnseal, is_sealed, is_sealed_with_newest_key, seal, unseal

TEXT = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def keys(settings: Settings) -> None:
    """Two keys, the second an earlier one."""
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, ["old" * 20]


def test_sealed_text_is_opened_and_does_not_show_the_secret() -> None:
    sealed = seal(TEXT)
    assert (unseal(sealed), is_sealed(sealed), TEXT in sealed) == (TEXT, True, False)
    assert seal(TEXT) != sealed


def test_earlier_key_opens_and_is_known_as_earlier(settings: Settings) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "old" * 20, []
    sealed = seal(TEXT)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, ["old" * 20]
    assert unseal(sealed) == TEXT
    assert not is_sealed_with_newest_key(sealed)
    assert is_sealed_with_newest_key(seal(unseal(sealed)))


@pytest.mark.parametrize("change", [lambda text: text[:-2], lambda text: text[3:], lambda text: "f1:" + text])
def test_changed_or_plain_text_is_refused(change: object) -> None:
    with pytest.raises(CannotUnseal):
        unseal(change(seal(TEXT)))  # type: ignore[operator]


def test_another_key_opens_nothing(settings: Settings) -> None:
    sealed = seal(TEXT)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "other" * 20, []
    with pytest.raises(CannotUnseal):
        unseal(sealed)
