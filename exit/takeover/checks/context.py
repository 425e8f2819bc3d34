"""What the register holds beside the rows of a takeover; read once, in a constant number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Q

from admission.applications.models import Application
from admission.editions.models import Criterion, PolicyEdition
from banks.members.models import Invitation, Member
from banks.register.models import Bank
from banks.register.queries import Likeness, known_like_each
from exit.takeover.data import Rows
from zsbank.base.calendar import clock


@dataclass(frozen=True)
class Context:
    """What the rows are judged against.

    Args:
        edition: the policy edition in force today; None if there is none.
        criteria: its criteria, by number.
        banks: the registered banks among those of the rows, by code; with `held`, the number of qualifications.
        alike: for each other bank of the rows, the registered banks that its data look like, by code.
        applying: the keys of registered banks with an open application.
        known_people: the key of the bank and the e-mail of people who act for it or are invited.
    """

    edition: PolicyEdition | None
    criteria: dict[int, Criterion] = field(default_factory=dict)
    banks: Mapping[str, Bank] = field(default_factory=dict)
    alike: dict[str, list[Likeness]] = field(default_factory=dict)
    applying: frozenset[int] = frozenset()
    known_people: frozenset[tuple[int, str]] = frozenset()


def context_of(rows: Rows) -> Context:
    """Read what concerns these rows."""
    edition = PolicyEdition.objects.valid_on(clock.today())
    found = Bank.objects.filter(uscc__in={row.uscc for row in rows.banks})
    banks = {bank.uscc: bank for bank in found.annotate(held=Count("qualifications"))}
    new = [row for row in rows.banks if row.uscc not in banks]
    alike = known_like_each([row.data for row in new])
    keys = [bank.pk for bank in banks.values()]
    applying = Application.objects.open().filter(bank__in=keys).values_list("bank", flat=True)
    return Context(
        edition=edition,
        criteria={one.number: one for one in edition.criteria.all()} if edition else {},
        banks=banks,
        alike={row.uscc: like for row, like in zip(new, alike, strict=True)},
        applying=frozenset(applying),
        known_people=frozenset(_people_of(keys)),
    )


def _people_of(keys: list[int]) -> set[tuple[int, str]]:
    acting = Member.objects.filter(bank__in=keys, left_on=None).values_list("bank", "user__email")
    open_ = Q(bank__in=keys, accepted_at=None, withdrawn_at=None)
    invited = Invitation.objects.filter(open_).values_list("bank", "email")
    return {(bank, email.casefold()) for bank, email in (*acting, *invited)}
