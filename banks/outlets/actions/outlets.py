"""Actions on outlets: save, remove."""

from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from banks.outlets.data import OutletData, normalised, outlet_faults
from banks.outlets.models import Outlet
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, Refused


@action(Verb.SAVE_OUTLET, on="bank", makes=True)
def save_outlet(*, bank: Bank, outlet: Outlet | None, data: OutletData, by: User) -> Outlet:
    """Create or change an outlet; failing the admission criteria is shown in the application, not refused here.

    Args:
        outlet: the outlet to change; None for a new one.

    Raises:
        NotAllowed: `by` does not act for the bank.
        Incomplete: name, town or address is missing.
        Refused: a code is malformed, or the bank has another outlet of that name.
    """
    fields = _checked_outlet(data)
    row = (
        Outlet(bank=bank)
        if outlet is None
        else Outlet.objects.select_for_update(no_key=True).get(pk=outlet.pk, bank=bank)
    )
    before = {name: getattr(row, name) for name in fields} if outlet else {}
    for name, value in fields.items():
        setattr(row, name, value)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused(
            _("The bank already has an outlet named %(name)s.") % {"name": data.name}, "taken"
        ) from error
    changed = {name: [before.get(name), value] for name, value in fields.items() if before.get(name) != value}
    record(subject=row, data={"changed": changed})
    return row


def _checked_outlet(data: OutletData) -> dict[str, object]:
    plain = normalised(data)
    if not (plain.name and plain.town and plain.address):
        raise Incomplete(_("Enter a name, a town and an address for the outlet."))
    for verdict in outlet_faults(plain).values():
        verdict.require()
    return asdict(plain)


@action(Verb.REMOVE_OUTLET, on="outlet")
def remove_outlet(*, outlet: Outlet, by: User) -> None:
    """Delete a closed outlet; the journal keeps its address and code.

    Raises:
        NotAllowed: `by` does not act for the bank.
        WrongState: the outlet was removed already.
    """
    record(data={"town": outlet.town, "address": outlet.address, "uscc": outlet.uscc})
    outlet.delete()
