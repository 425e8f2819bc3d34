"""Second factors at rest: sealed on creation, resealed with a new key, unusable without a key."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from pytest_django import Settings

from zsbank.base.accounts import secrets
from zsbank.base.accounts.allauth_private import TOTP, RecoveryCodes
from zsbank.base.accounts.factors import seal_all
from zsbank.base.accounts.models import User

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
LATER = "a-later-key-" * 6


def stored_data(kind: str) -> str:
    """Return the stored data of a second factor, as in a copy of the database."""
    return str(Authenticator.objects.get(type=kind).data)


def rotate(settings: Settings) -> None:
    """Set a new secret key and make the current one an earlier key."""
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], LATER


def test_authenticator_secret_is_not_stored_in_plain_text(clerk: User) -> None:
    totp = TOTP.activate(clerk, SECRET)
    assert SECRET not in stored_data("totp")
    assert secrets.unseal(totp.instance.data["secret"]) == SECRET


def test_recovery_code_seed_is_not_stored_in_plain_text(clerk: User) -> None:
    codes = RecoveryCodes.activate(clerk)
    seed = secrets.unseal(codes.instance.data["seed"])
    assert seed not in stored_data("recovery_codes")
    assert codes.validate_code(codes.generate_codes()[0])


def test_sealing_twice_gives_different_texts() -> None:
    assert secrets.seal(SECRET) != secrets.seal(SECRET)


@pytest.mark.parametrize(
    "harm", [lambda text: text[:-4] + "AAA=", lambda _text: SECRET, lambda text: text[3:]]
)
def test_changed_or_unsealed_text_is_refused(harm: Callable[[str], str]) -> None:
    with pytest.raises(secrets.CannotUnseal):
        secrets.unseal(harm(secrets.seal(SECRET)))


def test_seal_factors_seals_unsealed_factors(clerk: User) -> None:
    Authenticator.objects.create(user=clerk, type="totp", data={"secret": SECRET})
    codes = {"migrated_codes": ["11112222", "33334444"], "used_mask": 0}
    Authenticator.objects.create(user=clerk, type="recovery_codes", data=codes)
    call_command("seal_factors")
    assert SECRET not in stored_data("totp")
    assert "11112222" not in stored_data("recovery_codes")
    row = Authenticator.objects.get(type="recovery_codes")
    assert RecoveryCodes(row).generate_codes() == ["11112222", "33334444"]
    assert seal_all().now == 0


def test_passkey_is_not_changed_by_sealing(clerk: User) -> None:
    data = {"name": "Key", "credential": {"response": "public"}}
    Authenticator.objects.create(user=clerk, type="webauthn", data=data)
    assert seal_all().now == 0
    assert Authenticator.objects.get().data == data


def test_factors_are_resealed_with_new_key(clerk: User, settings: Settings) -> None:
    TOTP.activate(clerk, SECRET)
    rotate(settings)
    assert seal_all().now == 1
    settings.SECRET_KEY_FALLBACKS = []
    assert secrets.unseal(Authenticator.objects.get().data["secret"]) == SECRET


def test_control_earlier_key_is_needed_without_resealing(clerk: User, settings: Settings) -> None:
    TOTP.activate(clerk, SECRET)
    rotate(settings)
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(secrets.CannotUnseal):
        secrets.unseal(Authenticator.objects.get().data["secret"])


def test_factor_without_key_is_reported_and_unchanged(
    clerk: User, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    row = TOTP.activate(clerk, SECRET).instance
    settings.SECRET_KEY = LATER
    call_command("seal_factors")
    assert f"mfa.authenticator {row.pk}: no key" in capsys.readouterr().err
    assert Authenticator.objects.get().data == row.data
