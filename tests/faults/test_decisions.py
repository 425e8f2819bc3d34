"""A decision while web or PostgreSQL end in the middle of it: it was made once and whole, or not at all."""

from http.client import FOUND, INTERNAL_SERVER_ERROR

import pytest

from tests.faults import scenes
from tests.faults.place import Place
from tests.faults.servers import wait_for

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
POINTS = ("admission_decision", "letters_letter", "notices_message", "journal_entry")
"""Tables that a decision writes to, in an order in which everything before is written when it stops there."""

AT_COMMIT = "journal_link"
"""Written to at the commit, when PostgreSQL has everything: the decision stands, although nobody was told."""


def _decide_again(place: Place, path: str, session: str, application: int) -> None:
    """Decide as a person does who got no answer; then the decision was made once, and its letter is made."""
    wait_for(lambda: place.ask("GET", "/accounts/login/")[0] < INTERNAL_SERVER_ERROR, "the web answers again")
    if place.call(scenes.outcome, application) == scenes.UNDECIDED:
        assert place.submit(path, session) == FOUND
    assert place.call(scenes.outcome, application) == scenes.ONCE
    place.call(scenes.ask, "make_letters")
    wait_for(lambda: place.call(scenes.has_file, application), "the letter is made")


@pytest.mark.parametrize("table", [*POINTS, AT_COMMIT])
def test_web_killed_in_a_decision(place: Place, table: str) -> None:
    application, path, session = place.call(scenes.to_decide)
    with place.closed(table):
        answer = place.submit_meanwhile(path, session)
        place.wait_until_stopped()
        place.kill_children("web")
        assert answer() is None
    place.wait_until_quiet()
    expected = scenes.ONCE if table == AT_COMMIT else scenes.UNDECIDED
    assert place.call(scenes.outcome, application) == expected
    assert place.judge() == []
    _decide_again(place, path, session, application)


def test_postgresql_stopped_in_a_decision(place: Place) -> None:
    application, path, session = place.call(scenes.to_decide)
    with place.closed("letters_letter"):
        answer = place.submit_meanwhile(path, session)
        place.wait_until_stopped()
        place.cluster.stop()
        assert answer() == INTERNAL_SERVER_ERROR
    place.cluster.start()
    wait_for(lambda: place.judge() == [], "nothing is wrong")
    assert place.call(scenes.outcome, application) == scenes.UNDECIDED
    _decide_again(place, path, session, application)


@pytest.mark.parametrize("table", ["letters_letter", "journal_entry"])
def test_control_decision_without_transaction_is_half_made(spoiled: Place, table: str) -> None:
    application, _path, _session = spoiled.call(scenes.to_decide)
    with spoiled.closed(table):
        process = spoiled.begin(scenes.decide_unprotected, application)
        spoiled.wait_until_stopped()
        process.kill()
        process.join()
        spoiled.end_stopped()
    spoiled.wait_until_quiet()
    assert spoiled.judge()
