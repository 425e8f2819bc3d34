"""What an exit rests on: the lapsed order, or the determination of a serious breach, among the rows of a bank."""

from collections.abc import Sequence

from exit.cases.terms import GROUND_OF_ORDER, ExitGround
from exit.takeover.checks.grouped import Held, day_of
from exit.takeover.data import ExitRow, OrderRow
from exit.takeover.terms import OrderReason
from inspections.rectification.states import OrderState
from inspections.rectification.terms import OrderGround
from zsbank.base.cases.folding import folded


def ground_of(row: OrderRow) -> ExitGround:
    """Return the ground of exit to which an order leads if it lapses; that of a serious breach at once."""
    if row.reason == OrderReason.SERIOUS_BREACH:
        return ExitGround.SERIOUS_BREACH
    assessed = row.reason == OrderReason.ASSESSMENT
    return GROUND_OF_ORDER[OrderGround.ASSESSMENT if assessed else OrderGround.DETERMINATION]


def may_be_behind(held: Held, row: ExitRow) -> list[OrderRow]:
    """Return the orders on which an exit could rest, the earliest first; those with the number it names, if any."""
    found = [one for one in held.orders if ground_of(one) == row.ground and _leads_to_exit(one)]
    if row.source_number:
        found = [one for one in found if folded(one.document_number) == folded(row.source_number)]
    return sorted(found, key=day_of)


def behind_each(held: Held) -> dict[int, OrderRow]:
    """Return what each exit rests on, by the number of its row; without those that have nothing, or too much.

    Exits of one ground that name no number share its orders in order of time, if there are as many as exits.
    """
    rows = [*held.exits, *held.under_way]
    found = {
        row.number: one for row in rows if row.source_number and (one := _only(may_be_behind(held, row)))
    }
    for ground in ExitGround:
        unnamed = [row for row in rows if row.ground == ground and not row.source_number]
        taken = [one.number for one in found.values()]
        left = [one for one in may_be_behind(held, unnamed[0]) if one.number not in taken] if unnamed else []
        if len(left) == len(unnamed):
            found |= {row.number: one for row, one in zip(unnamed, left, strict=True)}
    return found


def _leads_to_exit(row: OrderRow) -> bool:
    return row.reason == OrderReason.SERIOUS_BREACH or row.state == OrderState.LAPSED


def _only(rows: Sequence[OrderRow]) -> OrderRow | None:
    return rows[0] if len(rows) == 1 else None
