"""Situations in which people are told of an assessment scheme, besides the examples of the actions."""

from inspections.schemes.actions import withdraw_scheme
from inspections.schemes.tests.examples import drafted
from tests.actions.messages import Situation, told_of
from tests.actions.scene import Scene


def returned(scene: Scene) -> None:
    """A decider returns a draft; the person who drafted it is told why."""
    scheme = drafted(scene)
    told_of(lambda: withdraw_scheme(scheme=scheme, reason="方案未获通过。", by=scene.people.decider))


SITUATIONS: dict[str, Situation] = {"returned by a decider": returned}
