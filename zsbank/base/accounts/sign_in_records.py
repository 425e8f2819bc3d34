"""Journal entries of sign-ins: each one, each refused one, and each change of how a person signs in."""

from django.db import transaction
from django.db.models import Q

from zsbank.base.accounts.addresses import counted
from zsbank.base.accounts.counts import HOUR, is_told, times
from zsbank.base.accounts.models import User
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb

SIGN_IN_VERBS = (
    Verb.SIGN_IN,
    Verb.SIGN_OUT,
    Verb.REFUSE_SIGN_IN,
    Verb.CONFIRM_SIGN_IN,
    Verb.CHANGE_SIGN_IN,
    Verb.CONNECT_IDENTITY,
)
"""Journal entries about sign-ins are personal data: not every reader of the journal sees them."""


ADDRESSES_AN_HOUR = 20


@transaction.atomic
def record_sign_in(*, person: User, address: str, shown: list[str]) -> None:
    """Record a sign-in from an IP address; `shown` lists the methods: `password`, `totp`, `webauthn`."""
    journal.record(verb=Verb.SIGN_IN, by=person, subject=person, data={"address": address, "shown": shown})


@transaction.atomic
def record_sign_out(*, person: User) -> None:
    """Record that a person signed out."""
    journal.record(verb=Verb.SIGN_OUT, by=person, subject=person)


@transaction.atomic
def record_refused_sign_in(*, named: str, address: str) -> None:
    """Record a refused sign-in. An unknown name is not stored: it may be a password."""
    person = User.objects.filter(Q(username__iexact=named) | Q(email__iexact=named)).first()
    _record_refused(person, address, {})


@transaction.atomic
def record_refused_factor(*, person: User, address: str, shown: str) -> None:
    """Record a refused second factor, at sign-in or re-authentication; `shown` is `code` or `passkey`."""
    _record_refused(person, address, {"shown": shown})


def _record_refused(person: User | None, address: str, data: dict[str, str]) -> None:
    """Record the 1st, 10th, 100th … refusal of an account from an address in an hour, with the count.

    The journal is for good, so strangers must not grow it: beyond `ADDRESSES_AN_HOUR` addresses, what is counted is the
    account alone.
    """
    account = f"refused:{person.pk if person else 0}:{data.get('shown', '')}"
    count = times(f"{account}:{counted(address)}", seconds=HOUR)
    if count == 1:
        count = max(1, times(f"{account}:addresses", seconds=HOUR) - ADDRESSES_AN_HOUR)
    if is_told(count):
        more = {"count": count} if count > 1 else {}
        journal.record(
            verb=Verb.REFUSE_SIGN_IN, by=None, subject=person, data={"address": address, **data, **more}
        )


@transaction.atomic
def record_reauthentication(*, person: User, address: str, shown: str) -> None:
    """Record a re-authentication; `shown` is `password`, `code` or `passkey`."""
    data = {"address": address, "shown": shown}
    journal.record(verb=Verb.CONFIRM_SIGN_IN, by=person, subject=person, data=data)


@transaction.atomic
def record_sign_in_change(*, person: User, what: str) -> None:
    """Record a change of how a person signs in, such as `totp_activated` or `password_changed`."""
    journal.record(verb=Verb.CHANGE_SIGN_IN, by=person, subject=person, data={"what": what})
