"""Telling people that somebody guesses at their password from many addresses."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from zsbank.base.accounts.addresses import counted
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.notices import actions as notices
from zsbank.base.notices.models import Message
from zsbank.base.notices.terms import MessageKind
from zsbank.base.permissions import Verb

MANY_ADDRESSES = 5
"""Networks from which one account was refused in a day: more than a person with several devices has."""

SINCE = dt.timedelta(days=1)


def _addresses() -> dict[int, set[str]]:
    """Return the addresses of refused sign-ins of the last day, by person; reads the newest entries only."""
    found: dict[int, set[str]] = defaultdict(set)
    since = clock.now() - SINCE
    rows = Entry.objects.order_by("-pk").values_list("at", "verb", "subject_id", "data__address")
    for at, verb, person, address in rows.iterator(chunk_size=1000):
        if at < since:
            break
        if verb == Verb.REFUSE_SIGN_IN and person:
            found[person].add(counted(str(address)))
    return found


def _key(person: int) -> str:
    return f"guesses:{person}:{clock.today().isoformat()}"


def guessed_at(_on: dt.date) -> Iterable[int]:
    """Return the people to tell today."""
    people = sorted(pk for pk, addresses in _addresses().items() if len(addresses) >= MANY_ADDRESSES)
    told = set(
        Message.objects.filter(key__in=[_key(pk) for pk in people]).values_list("recipient_id", flat=True)
    )
    return [pk for pk in people if pk not in told]


def tell(pk: int) -> bool:
    """Tell a person, once a day; the account is not locked, because strangers must not be able to lock it."""
    addresses = _addresses().get(pk, set())
    if len(addresses) < MANY_ADDRESSES:
        return False
    body = gettext_lazy(
        "In the last 24 hours, sign-ins with your name were refused from {count} addresses or more. If it was not you: "
        "nobody is signed in, and your account is not locked. Change your password if it is used elsewhere, and tell "
        "the security administrator."
    )
    return bool(
        notices.post(
            to=User.objects.filter(pk=pk),
            key=_key(pk),
            title=gettext_lazy("Somebody is guessing at your password"),
            body=format_lazy(body, count=len(addresses)),
            kind=MessageKind.TASK,
        )
    )
