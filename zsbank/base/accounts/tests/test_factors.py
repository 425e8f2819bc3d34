"""Second factors at rest: sealed when they are made, sealed again with a new key, and shut when nobody has the key."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from pytest_django import Settings

from zsbank.base.accounts import secrets
from zsbank.base.accounts.allauth_private import TOTP, RecoveryCodes
from zsbank.base.accounts.factors import seal_anew
from zsbank.base.accounts.models import User

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"
LATER = "a-later-key-" * 6


def lies_there(kind: str) -> str:
    """What the database holds of a second factor, as somebody reads it who copied the database."""
    return str(Authenticator.objects.get(type=kind).data)


def rotate(settings: Settings) -> None:
    """A new secret key; the one before is an earlier one now."""
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], LATER


def test_authenticators_secret_is_not_in_the_database(clerk: User) -> None:
    totp = TOTP.activate(clerk, SECRET)
    assert SECRET not in lies_there("totp")
    assert secrets.unseal(totp.instance.data["secret"]) == SECRET


def test_recovery_codes_cannot_be_made_from_what_is_in_the_database(clerk: User) -> None:
    codes = RecoveryCodes.activate(clerk)
    seed = secrets.unseal(codes.instance.data["seed"])
    assert seed not in lies_there("recovery_codes")
    assert codes.validate_code(codes.generate_codes()[0])


def test_the_same_secret_is_sealed_otherwise_each_time() -> None:
    assert secrets.seal(SECRET) != secrets.seal(SECRET)


@pytest.mark.parametrize(
    "harm", [lambda text: text[:-4] + "AAA=", lambda _text: SECRET, lambda text: text[3:]]
)
def test_what_was_changed_or_never_sealed_is_not_opened(harm: Callable[[str], str]) -> None:
    with pytest.raises(secrets.Unopenable):
        secrets.unseal(harm(secrets.seal(SECRET)))


def test_what_lay_open_from_before_is_sealed_at_the_start(clerk: User) -> None:
    Authenticator.objects.create(user=clerk, type="totp", data={"secret": SECRET})
    codes = {"migrated_codes": ["11112222", "33334444"], "used_mask": 0}
    Authenticator.objects.create(user=clerk, type="recovery_codes", data=codes)
    call_command("seal_factors")
    assert SECRET not in lies_there("totp")
    assert "11112222" not in lies_there("recovery_codes")
    row = Authenticator.objects.get(type="recovery_codes")
    assert RecoveryCodes(row).generate_codes() == ["11112222", "33334444"]
    assert seal_anew().now == 0


def test_a_passkey_holds_no_secret_and_stays_as_it_is(clerk: User) -> None:
    data = {"name": "Key", "credential": {"response": "public"}}
    Authenticator.objects.create(user=clerk, type="webauthn", data=data)
    assert seal_anew().now == 0
    assert Authenticator.objects.get().data == data


def test_a_new_key_opens_what_the_earlier_sealed_and_seals_it_anew(clerk: User, settings: Settings) -> None:
    TOTP.activate(clerk, SECRET)
    rotate(settings)
    assert seal_anew().now == 1
    settings.SECRET_KEY_FALLBACKS = []
    assert secrets.unseal(Authenticator.objects.get().data["secret"]) == SECRET


def test_control_without_sealing_anew_the_earlier_key_is_still_needed(
    clerk: User, settings: Settings
) -> None:
    TOTP.activate(clerk, SECRET)
    rotate(settings)
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(secrets.Unopenable):
        secrets.unseal(Authenticator.objects.get().data["secret"])


def test_what_no_key_opens_is_named_and_left_as_it_is(
    clerk: User, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    row = TOTP.activate(clerk, SECRET).instance
    settings.SECRET_KEY = LATER
    call_command("seal_factors")
    assert f"mfa.authenticator {row.pk}: no key" in capsys.readouterr().err
    assert Authenticator.objects.get().data == row.data
