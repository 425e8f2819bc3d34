"""The state of a case as tone, shape and label."""

from django.db.models import Model

from zsbank.base.actions.rows import state_field_of, state_of
from zsbank.base.cases.registry import case_of
from zsbank.base.cases.turns import SHAPES


def shown_state(row: Model, *, staff: bool) -> dict[str, str]:
    """Return tone, shape and label of a row's state.

    Args:
        staff: whether an officer looks at it; a bank's users see whose turn it is from their side.

    Raises:
        LookupError: the model is not declared in a `case.py`.
    """
    case = case_of(type(row))
    if case is None:
        raise LookupError(f"{row._meta.label} is declared in no case.py")
    shown = case.states[state_of(row)]
    tone = shown.turn.staff if staff else shown.turn.bank
    words = shown.staff if staff else shown.bank or shown.staff
    label = words or getattr(row, f"get_{state_field_of(type(row))}_display")()
    return {"tone": tone.value, "shape": SHAPES[tone], "label": str(label)}
