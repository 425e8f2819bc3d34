"""Pauses between attempts: longer each time, an hour at most, and for ever."""

from zsbank.base.calendar.sweeping import pause_after


def test_pauses_grow_to_an_hour_and_stay() -> None:
    minutes = [pause_after(attempts).total_seconds() / 60 for attempts in range(8)]
    assert minutes == [1, 2, 5, 15, 30, 60, 60, 60]
    assert pause_after(100_000) == pause_after(7)
