"""One costly request at a time per person."""

import pytest

from zsbank.base.accounts.models import User
from zsbank.base.accounts.user_lock import Busy, user_lock

pytestmark = pytest.mark.django_db


def test_lock_is_held_per_person_and_purpose() -> None:
    one, other = User(pk=1), User(pk=2)
    with (
        user_lock(one, "receipt"),
        user_lock(other, "receipt"),
        user_lock(one, "export"),
        pytest.raises(Busy),
        user_lock(one, "receipt"),
    ):
        pass


def test_lock_is_released_after_an_error() -> None:
    with pytest.raises(RuntimeError), user_lock(User(pk=1), "receipt"):
        raise RuntimeError
    with user_lock(User(pk=1), "receipt"):
        pass
