"""Situations in which a bank is told of orders after failing years, besides the examples of the actions."""

from inspections.assessments.actions.orders import open_orders_after_failing_years, withdraw_groundless_order
from inspections.rectification.states import OrderState
from inspections.rectification.tests.factories import failing_results, order_in, qualified
from tests.actions.messages import Situation, told_of
from tests.actions.scene import Scene


def opened_after_three(scene: Scene) -> None:
    """The results of three failing years are final at once; the bank is told how many there are."""
    held = qualified(scene.bank, scene.people.decider)
    failing_results(held, (2022, 2023, 2024))
    told_of(lambda: open_orders_after_failing_years(qualification=held))


def joined(scene: Scene) -> None:
    """A result entered late makes one run of two; the later order is withdrawn."""
    held = qualified(scene.bank, scene.people.decider)
    order_in(OrderState.OPEN, held, assessed_year=2021)
    later = order_in(OrderState.OPEN, held, assessed_year=2024)
    failing_results(held, [2022])
    told_of(lambda: withdraw_groundless_order(order=later))


SITUATIONS: dict[str, Situation] = {
    "opened after three failing years": opened_after_three,
    "order joined with another": joined,
}
