"""Telling colleagues what waited for a person who lost a role or the account; time limits run on meanwhile."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with, roles_nobody_holds
from zsbank.base.accounts.rules import staff_may, staff_roles_ever
from zsbank.base.calendar import clock
from zsbank.base.cases.registry import cases
from zsbank.base.cases.work import Waiting
from zsbank.base.journal.models import Entry
from zsbank.base.notices import actions as notices
from zsbank.base.notices.models import Message
from zsbank.base.notices.terms import MessageKind
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role
from zsbank.site.staff.work_list import number

LOOKED_BACK = dt.timedelta(days=60)
"""Departures that are told if a sweep is late."""

ADMINISTRATORS = Verb.GRANT_ROLE
"""The verb of those who can give the role to somebody."""


def _key(entry: int) -> str:
    return f"departure:{entry}"


def untold(_on: dt.date) -> Iterable[int]:
    """Return the entries about people who lost a role or the account, that nobody was told about."""
    since = clock.now() - LOOKED_BACK
    lost = Entry.objects.filter(verb__in=(Verb.REVOKE_ROLE, Verb.DEACTIVATE_PERSON), at__gte=since)
    keys = {_key(pk): pk for pk in lost.order_by("pk").values_list("pk", flat=True)}
    told = {*Message.objects.filter(key__in=keys).values_list("key", flat=True)}
    return [pk for key, pk in keys.items() if key not in told]


def tell(entry_id: int) -> bool:
    """Tell those who can act now what waited for the person; administrators, where nobody holds the verb.

    Nobody is told if nothing waited.
    """
    entry = Entry.objects.get(pk=entry_id)
    person = User.objects.filter(pk=entry.subject_id).first()
    if person is None:
        return False
    told = 0
    for colleague, (count, orphaned) in _left_by(person, _roles_lost(entry, person)).items():
        told += _post(entry_id, person, colleague, count, orphaned=orphaned)
    return told > 0


def _roles_lost(entry: Entry, person: User) -> frozenset[Role]:
    if entry.verb == Verb.REVOKE_ROLE:
        return frozenset({Role(entry.data["role"])})
    return staff_roles_ever(person)


def _left_by(person: User, roles: frozenset[Role]) -> dict[User, tuple[int, bool]]:
    """Return the people to tell: how many cases waited for the person, and whether they can only give the role."""
    counts: dict[User, int] = {}
    able: set[User] = set()
    for waiting in _of_roles(roles):
        if staff_may(person, waiting.action.verb):
            continue
        holders = list(people_with(waiting.action.verb))
        count = number(waiting.assigned(person)) if holders else number(waiting.rows(person))
        for colleague in holders or people_with(ADMINISTRATORS):
            counts[colleague] = counts.get(colleague, 0) + count
        if count:
            able.update(holders)
    return {colleague: (count, colleague not in able) for colleague, count in counts.items() if count}


def _of_roles(roles: frozenset[Role]) -> Iterator[Waiting]:
    for case in cases():
        for waiting in case.waiting:
            if waiting.action.verb.roles & roles:
                yield waiting


def _post(entry_id: int, person: User, to: User, count: int, *, orphaned: bool) -> int:
    title = (
        gettext_lazy("Nobody holds the role of a person who left, and cases wait")
        if orphaned
        else gettext_lazy("Cases of a colleague are on your work list")
    )
    words = (
        gettext_lazy(
            "Cases that {person} can no longer handle: {count}. Nobody else has the role; give it to somebody. Time "
            "limits run on."
        )
        if orphaned
        else gettext_lazy(
            "Cases that {person} can no longer handle: {count}. They are on the work lists of all who can; time limits "
            "run on."
        )
    )
    return notices.post(
        to=[to],
        key=_key(entry_id),
        title=title,
        body=format_lazy(words, person=person, count=count),
        link=reverse("admin:accounts_user_changelist" if orphaned else "admin:index"),
        kind=MessageKind.TASK,
    )


@dataclass(frozen=True)
class Unheld:
    """A role that nobody holds, and how many cases wait for it."""

    role: Role
    count: int


def unheld(reader: User) -> list[Unheld]:
    """Return the roles that nobody holds and for which cases wait, for administrators who can give them."""
    if not staff_may(reader, ADMINISTRATORS):
        return []
    counts: Mapping[Role, int] = {role: _waiting_for(role, reader) for role in roles_nobody_holds()}
    return [Unheld(role, count) for role, count in counts.items() if count]


def _waiting_for(role: Role, reader: Any) -> int:
    """Return how many rows wait for a role, where no other role that has the verb is held."""
    open_ones = [one for one in _of_roles(frozenset({role})) if not people_with(one.action.verb).exists()]
    return sum(number(waiting.rows(reader)) for waiting in open_ones)
