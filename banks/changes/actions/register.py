"""What an accepted change writes into the register; it runs inside the action that accepts it."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from banks.changes.actions.messages import notify_successor
from banks.changes.models import BankChange
from banks.changes.rules import may_succeed
from banks.register.models import FormerValue
from banks.register.rules import is_barred
from banks.register.terms import BankField
from zsbank.base.actions.rows import lock
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import later_in_words
from zsbank.base.notices.terms import Words

KEPT_ON_THE_BANK = {BankField.NAME: "former_names", BankField.USCC: "former_codes"}
"""Former values that searches, letters, messages and the journal need with every bank."""


def enter_in_register(change: BankChange) -> None:
    """Write the new values, and keep the old ones with the day and the number of the case."""
    bank = change.bank
    written = []
    for name, (old, new) in change.pairs.items():
        setattr(bank, name, new)
        written.append(name)
        if not old:
            continue
        FormerValue.objects.create(
            bank=bank, field=name, value=old, until=change.changed_on, case_number=change.case_number
        )
        kept = KEPT_ON_THE_BANK.get(BankField(name))
        if kept:
            setattr(bank, kept, "\n".join([old, *getattr(bank, kept).splitlines()]))
            written.append(kept)
    bank.save(update_fields=written)


def enter_successor(change: BankChange) -> None:
    """Write the successor of the bank and tell the successor what passes to it.

    Raises:
        Refused: the successor was itself absorbed meanwhile.
    """
    bank = change.bank
    if change.successor is None:
        raise RuntimeError(f"{change} has no successor")
    successor = lock(change.successor)
    may_succeed(successor, bank).require()
    bank.succeeded_by, bank.succeeded_on = successor, change.changed_on
    bank.save(update_fields=["succeeded_by", "succeeded_on"])
    body: Words = format_lazy(
        gettext_lazy("{bank} ({code}) was absorbed by your bank on {day}."),
        bank=bank.name,
        code=bank.uscc,
        day=later_in_words(change.changed_on),
    )
    if is_barred(bank, on=clock.today()) and bank.bar_last_day is not None:
        body = format_lazy(
            gettext_lazy(
                "{absorbed} Its reapplication bar of five years passes to your bank; its last day is {day}."
            ),
            absorbed=body,
            day=later_in_words(bank.bar_last_day),
        )
    notify_successor(change, body)
