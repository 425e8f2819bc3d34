"""Reading members and invitations, and what reached nobody at a bank."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Case, Exists, Min, OuterRef, Q, QuerySet, When

from banks.members.models import Invitation, KeptMessage, Member
from banks.members.rules import opened, unsettled
from banks.register.models import Bank
from banks.register.states import Standing
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with
from zsbank.base.calendar import clock
from zsbank.base.letters.models import Letter
from zsbank.base.letters.queries import served_from
from zsbank.base.notices.models import Message
from zsbank.base.notices.queries import failing_messages, with_working_mail
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role

MISSED_FOR = dt.timedelta(days=60)
"""Time for which a bank that came back is shown what it missed."""


def people_of(bank: Bank) -> QuerySet[User]:
    """Return the present members of a bank."""
    rows = User.objects.filter(memberships__bank=bank, memberships__left_on=None, is_active=True)
    return rows.distinct().order_by("pk")


def _is_valid() -> Q:
    """Return whether the invitation has not expired and its sender may still invite."""
    sender = Member.objects.filter(
        bank=OuterRef("bank"),
        user=OuterRef("invited_by"),
        role=Role.BANK_ADMINISTRATOR,
        left_on=None,
        user__is_active=True,
    )
    officers = people_with(Verb.INVITE_MEMBER).order_by().values("pk")
    return Q(expires_at__gt=clock.now()) & (Q(invited_by__in=officers) | Q(Exists(sender)))


def open_invitations(bank: Bank) -> QuerySet[Invitation]:
    """Return invitations neither accepted nor withdrawn, annotated with `holds`: whether the link is still valid."""
    rows = bank.invitations.filter(accepted_at=None, withdrawn_at=None).select_related("invited_by")
    return rows.annotate(
        holds=Case(When(_is_valid(), then=True), default=False, output_field=BooleanField())
    ).order_by("invited_at", "pk")


def valid_invitations() -> QuerySet[Invitation]:
    """Return the invitations that can be accepted now."""
    return Invitation.objects.filter(_is_valid(), accepted_at=None, withdrawn_at=None)


def can_be_reached(bank: Bank) -> bool:
    """Return whether somebody acts for the bank who has an address that takes mail."""
    return with_working_mail(people_of(bank)).exists()


def _of_reachable_banks() -> QuerySet[Member]:
    """Return the present members with an address that takes mail, of the bank of an outer row."""
    working = with_working_mail(User.objects.filter(is_active=True)).values("pk")
    return Member.objects.filter(bank=OuterRef("bank"), left_on=None, user__in=working)


def to_be_told() -> QuerySet[KeptMessage]:
    """Return the messages that reached nobody, of banks for which there is still nobody to reach."""
    return unsettled().exclude(Exists(_of_reachable_banks()))


def kept_for(bank: Bank) -> QuerySet[KeptMessage]:
    """Return what was kept for a bank while nobody could be reached, the newest first."""
    return KeptMessage.objects.filter(bank=bank).select_related("letter").order_by("-pk")


def letters_to_be_served() -> list[KeptMessage]:
    """Return the messages about letters that reached nobody, one for each letter, the oldest first."""
    found = {row.letter_id: row for row in to_be_told().exclude(letter=None).order_by("-pk")}
    return sorted(found.values(), key=lambda row: row.pk)


@dataclass(frozen=True)
class Untold:
    """A bank, and the messages other than about letters that reached nobody there."""

    bank: Bank
    messages: tuple[KeptMessage, ...]


def banks_to_be_told() -> list[Untold]:
    """Return the banks with messages, other than about letters, that reached nobody."""
    by_bank: dict[Bank, list[KeptMessage]] = defaultdict(list)
    for row in to_be_told().filter(letter=None):
        by_bank[row.bank].append(row)
    return [Untold(bank, tuple(rows)) for bank, rows in by_bank.items()]


def missed_by(bank: Bank) -> QuerySet[KeptMessage]:
    """Return what reached nobody at a bank, newest first: not settled, or settled in the last `MISSED_FOR`.

    What a member opened in the in-tray is left out.
    """
    since = clock.today() - MISSED_FOR
    return (
        kept_for(bank)
        .filter(Q(settled_on=None) & ~Q(Exists(opened())) | Q(settled_on__gte=since))
        .prefetch_related("letter__services")
    )


def is_unreached(letter: Letter) -> bool:
    """Return whether a letter reached nobody at the bank and was not served."""
    return unsettled().filter(letter=letter).exists()


def unreached_letters() -> QuerySet[KeptMessage, Any]:
    """Return the keys of the letters that reached nobody and were not served."""
    return unsettled().filter(letter__isnull=False).order_by().values("letter")


def reached_on(letter: Letter) -> dt.date | None:
    """Return the day on which a letter that first reached nobody reached the bank (local date).

    That is the day on which it counts as served, a new member got its message, or a member opened it. None for a
    letter that reached the bank when it was issued, and for one that did not reach it yet.
    """
    rows = KeptMessage.objects.filter(letter=letter)
    if not rows.exists():
        return None
    opened = Message.objects.filter(key__in=rows.values("key"), read_at__isnull=False).exclude(uscc="")
    at = opened.aggregate(at=Min("read_at"))["at"]
    days = [*rows.values_list("settled_on", flat=True), served_from(letter), at and clock.local_day(at)]
    return min((day for day in days if day is not None), default=None)


def failed_untold(on: dt.date) -> list[int]:
    """Return messages to members whose address is refused, that nobody opened and that are not kept."""
    found = failing_messages().exclude(uscc="").exclude(recipient=None)
    kept = KeptMessage.objects.filter(key=OuterRef("key"))
    rows = found.exclude(Exists(kept)).exclude(Exists(opened())).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def release_key(bank: Bank) -> str:
    """Return the key of the message about the end of a bank's bar."""
    return f"release:{bank.pk}:{bank.may_apply_from}"


def released_untold(on: dt.date) -> list[int]:
    """Return the banks whose bar has ended by a day (local date) and that were not told."""
    released = Bank.objects.filter(standing=Standing.APPLICANT, may_apply_from__lte=on).order_by("pk")
    keys = {release_key(bank): bank.pk for bank in released}
    told = {*Message.objects.filter(key__in=keys).values_list("key", flat=True)}
    told |= {*KeptMessage.objects.filter(key__in=keys).values_list("key", flat=True)}
    return [pk for key, pk in keys.items() if key not in told]


def leaving_key(member: Member) -> str:
    """Return the key of the message that a person no longer acts for a bank."""
    return f"member:{member.pk}:left"


def deactivated_untold(on: dt.date) -> list[int]:
    """Return present members whose account was deactivated, that nobody was told about."""
    rows = Member.objects.filter(left_on=None, user__is_active=False).order_by("pk")
    keys = {leaving_key(member): member.pk for member in rows}
    told = {*Message.objects.filter(key__in=keys).values_list("key", flat=True)}
    return [pk for key, pk in keys.items() if key not in told]
