"""Forty days away equal forty daily sweeps after random lives too."""

import pytest
from hypothesis.stateful import run_state_machine_as_test
from pytest_django import Settings

from tests.lives.away import Away
from tests.lives.lives import drawn
from tests.lives.machine import nothing_goes_out

pytestmark = pytest.mark.django_db


def test_forty_days_away_after_random_lives_equal_forty_daily_sweeps(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """`settings` puts back the folders that each life sets."""
    monkeypatch.setattr(Away, "_hypothesis_internal_use_seed", 3, raising=False)
    with nothing_goes_out():
        run_state_machine_as_test(Away, settings=drawn(4, steps=20))
    assert Away.moved
