"""The rows that an action works on: bank and case, their locks and states."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django_fsm import FSMField

from zsbank.base.actions.people import Organisation
from zsbank.base.refusals import WrongState

Row = TypeVar("Row", bound=Model)


def bank_of(row: object) -> Organisation | None:
    """Return the bank that a row is or belongs to; None if it belongs to no bank."""
    if isinstance(row, Organisation):
        return row
    bank = getattr(row, "bank", None)
    return bank if isinstance(bank, Organisation) else None


def state_of(row: Model) -> str:
    """Return the state of a row, from its state machine or from a property `state`; empty if it has none."""
    return str(getattr(row, state_field_of(row._meta.model) or "state", ""))


def state_field_of(model: type[Model]) -> str:
    """Return the name of a model's state field; empty if it has none."""
    return next((field.name for field in model._meta.fields if isinstance(field, FSMField)), "")


def case_of(row: Model, path: str) -> Model:
    """Return the case of a row by an attribute path such as `answer.application`; without a path the row itself."""
    case: Any = row
    for name in path.split(".") if path else ():
        case = getattr(case, name)
    found: Model = case
    return found


def lock(row: Row) -> Row:
    """Return the current row, locked until the transaction ends.

    Raises:
        WrongState: the row was deleted.
    """
    found: Row | None = QuerySet(row._meta.model).select_for_update(no_key=True).filter(pk=row.pk).first()
    if found is None:
        raise WrongState.moved_on()
    return found


def lock_in_order(row: Row, path: str) -> Row:
    """Lock the bank, then the case, then the row within it; return the row with the locked ones attached.

    All actions lock in this order, so that they cannot deadlock.
    """
    case = case_of(row, path)
    bank: Any = bank_of(case)
    if bank is None or bank is case:
        locked_case = lock(case)
    else:
        locked_bank = lock(bank)
        locked_case = lock(case)
        locked_case.bank = locked_bank  # type: ignore[attr-defined]
    if case is row:
        return locked_case  # type: ignore[return-value]
    locked = lock(row)
    *hops, last = path.split(".")
    setattr(case_of(locked, ".".join(hops)), last, locked_case)
    return locked
