"""Integrity checks: do the banks' data agree with the changes that the journal records?"""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import QuerySet

from banks.changes.models import BankChange
from banks.changes.states import ChangeState
from banks.changes.terms import SPLITS
from banks.register.models import Bank, Division, FormerValue
from banks.register.terms import BankField
from zsbank.base.cases.checks import recorded_once
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb

CHANGE = BankChange._meta.label_lower


def accepted_are_recorded() -> Iterator[str]:
    """Every accepted change has one journal entry."""
    yield from recorded_once(CHANGE, _accepted().values_list("pk", flat=True), Verb.ACCEPT_BANK_CHANGE)


def data_match_journal() -> Iterator[str]:
    """Each field of a bank is what the last recorded change of it made it; a succession names its successor."""
    last = _last_recorded()
    for bank in Bank.objects.filter(pk__in=last).order_by("pk"):
        for name, value in last[bank.pk].items():
            if getattr(bank, name) != value:
                yield f"banks.bank {bank.pk}: {name} is {getattr(bank, name)}, the journal says {value}"
    successors = dict(_accepted().exclude(successor=None).values_list("bank", "successor"))
    for pk, successor in (
        Bank.objects.exclude(succeeded_by=None).order_by("pk").values_list("pk", "succeeded_by")
    ):
        if successors.get(pk) != successor:
            yield f"banks.bank {pk}: has a successor that no accepted change names"
    kept = Bank.objects.filter(pk__in=successors, succeeded_by=None).order_by("pk")
    for pk in kept.values_list("pk", flat=True):
        yield f"banks.bank {pk}: lacks the successor of its accepted change"


def divisions_match_changes() -> Iterator[str]:
    """Each bank of an accepted division is written as having come out of it, and no other; the carrier as accepted."""
    said = {
        (number, bank, successor): successor == carrier
        for number, bank, successor, carrier in _accepted()
        .filter(kind__in=sorted(SPLITS))
        .values_list("case_number", "bank", "successors", "carrier")
    }
    rows = Division.objects.values_list("case_number", "divided", "successor", "carries_on")
    written = {(number, bank, successor): carries_on for number, bank, successor, carries_on in rows}
    for number, bank, successor in sorted(said.keys() ^ written.keys()):
        yield f"banks.bank {bank}: the division into {successor} is not that of the accepted change {number}"
    for key in sorted(said.keys() & written.keys()):
        if said[key] != written[key]:
            yield f"banks.bank {key[1]}: {key[0]} names another bank that carries the qualification on"


def _accepted() -> QuerySet[BankChange]:
    rows: QuerySet[BankChange] = BankChange.objects.filter(state=ChangeState.ACCEPTED)
    return rows.order_by("pk")


def _last_recorded() -> dict[int, dict[str, str]]:
    """Return by bank the values that the recorded changes made, the later one of each field."""
    bank_of = dict(_accepted().values_list("pk", "bank"))
    found: dict[int, dict[str, str]] = defaultdict(dict)
    entries = Entry.objects.filter(subject_type=CHANGE, verb=Verb.ACCEPT_BANK_CHANGE).order_by("pk")
    for key, data in entries.values_list("subject_id", "data"):
        for name, (_old, new) in data.get("changed", {}).items():
            if key in bank_of:
                found[bank_of[key]][name] = new
    return dict(found)


def former_values_are_kept() -> Iterator[str]:
    """The former names and codes on a bank are those that were kept with their days."""
    kept: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rows = FormerValue.objects.filter(field__in=[BankField.NAME, BankField.USCC]).order_by("-pk")
    for bank, field, value in rows.values_list("bank", "field", "value"):
        kept[bank][field].append(value)
    for pk, names, codes in Bank.objects.order_by("pk").values_list("pk", "former_names", "former_codes"):
        own = kept[pk]
        if names.splitlines() != own[BankField.NAME] or codes.splitlines() != own[BankField.USCC]:
            yield f"banks.bank {pk}: its former names or codes are not those that were kept"
