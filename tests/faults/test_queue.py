"""Redis away, full or flushed: decisions take effect and are answered, and what they asked for is done later."""

from collections.abc import Callable
from http.client import FOUND

import pytest

from tests.faults import scenes
from tests.faults.place import Place
from tests.faults.servers import wait_for

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
Fault = Callable[[Place], object]


def _full(place: Place) -> None:
    place.redis.ask("CONFIG", "SET", "maxmemory", "1")


def _free(place: Place) -> None:
    place.redis.ask("CONFIG", "SET", "maxmemory", "0")


def _away(place: Place) -> None:
    place.redis.kill()


def _back(place: Place) -> None:
    place.redis.start()


def _flush(place: Place) -> None:
    place.redis.ask("FLUSHALL")


FAULTS = [
    pytest.param(_away, _back, id="away"),
    pytest.param(_full, _free, id="full"),
    pytest.param(_flush, _flush, id="flushed"),
]


@pytest.mark.parametrize(("begin", "end"), FAULTS)
def test_decision_takes_effect_and_its_letter_is_made_later(place: Place, begin: Fault, end: Fault) -> None:
    application, path, session = place.call(scenes.to_decide)
    begin(place)
    try:
        assert place.submit(path, session) == FOUND
    finally:
        end(place)
    assert place.call(scenes.outcome, application) == scenes.ONCE
    assert place.judge() == []
    place.call(scenes.ask, "make_letters")
    wait_for(lambda: place.call(scenes.has_file, application), "the letter is made")


def test_control_unguarded_message_is_an_error_for_a_decision_that_took_effect(spoiled: Place) -> None:
    application, _path, _session = spoiled.call(scenes.to_decide)
    _away(spoiled)
    try:
        process = spoiled.begin(scenes.decide_unguarded, application)
        process.join()
    finally:
        _back(spoiled)
    assert process.exitcode == 1
    assert spoiled.call(scenes.outcome, application) == scenes.ONCE
