"""Actions on outlets: saved, removed."""

from dataclasses import asdict

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from banks.outlets.data import OutletData, normalised, outlet_faults
from banks.outlets.models import Outlet
from banks.register.models import Bank
from banks.register.rules import require
from zsbank.base.accounts.models import User
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, Refused, WrongState


@transaction.atomic(durable=True)
def save_outlet(*, bank: Bank, outlet: Outlet | None, data: OutletData, by: User) -> Outlet:
    """Enter an outlet of the bank, or change one. What falls short of criteria 3 and 5 is shown, not refused.

    Raises:
        Incomplete: without name, town or address.
        Refused: a code that is given is not well formed, or the bank has an outlet of that name.
    """
    require(by, Verb.SAVE_OUTLET, bank=bank)
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
            _("The bank has an outlet named %(name)s already.") % {"name": data.name}, "taken"
        ) from error
    changed = {name: [before.get(name), value] for name, value in fields.items() if before.get(name) != value}
    journal.record(verb=Verb.SAVE_OUTLET, by=by, subject=row, uscc=bank.uscc, data={"changed": changed})
    return row


def _checked_outlet(data: OutletData) -> dict[str, object]:
    plain = normalised(data)
    if not (plain.name and plain.town and plain.address):
        raise Incomplete(_("An outlet has a name, a town and an address."))
    for verdict in outlet_faults(plain).values():
        verdict.require()
    return asdict(plain)


@transaction.atomic(durable=True)
def remove_outlet(*, outlet: Outlet, by: User) -> None:
    """Take an outlet that is closed out of the list; the journal keeps what it was."""
    require(by, Verb.REMOVE_OUTLET, bank=outlet.bank)
    row = Outlet.objects.select_for_update(no_key=True).filter(pk=outlet.pk).select_related("bank").first()
    if row is None:
        raise WrongState.moved_on()
    data = {"town": row.town, "address": row.address, "uscc": row.uscc}
    journal.record(verb=Verb.REMOVE_OUTLET, by=by, subject=row, uscc=row.bank.uscc, data=data)
    row.delete()
