"""Reading determinations: proposals that wait, and the editions that govern them."""

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from admission.decisions.models import Decision
from admission.editions.models import PolicyEdition
from banks.hearings.models import PriorNotice
from banks.hearings.queries import open_on
from banks.register.models import Bank
from inspections.determinations.models import Determination
from inspections.determinations.rules import can_still_be_made, is_own, rectification_period
from inspections.determinations.states import WAS_MADE, DeterminationState
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import read_once
from zsbank.base.permissions import Verb

EDITION = "application__edition"


def editions_in_use() -> QuerySet[PolicyEdition]:
    """Return the editions of the qualifications in force."""
    decided = Decision.objects.filter(qualification__cancelled_on=None).exclude(qualification=None)
    return PolicyEdition.objects.filter(pk__in=decided.values("application__edition"))


def made() -> QuerySet[Determination]:
    """Return what is determined: not only proposed, and not set aside."""
    return Determination.objects.filter(state=DeterminationState.MADE)


def ever_made() -> QuerySet[Determination]:
    """Return what was determined, whether or not it was set aside afterwards."""
    return Determination.objects.filter(state__in=WAS_MADE)


def proposed() -> QuerySet[Determination]:
    """Return the proposals that wait for a decider, oldest first."""
    found: QuerySet[Determination] = Determination.objects.filter(state=DeterminationState.PROPOSED)
    rows = found.select_related("bank", "qualification", "proposed_by", "paper_signed_by")
    return rows.prefetch_related("criteria").order_by("proposed_at", "pk")


def to_be_made_by(person: User) -> list[Determination]:
    """Return the proposals that this person may make now as their own, oldest first."""
    return [row for row in _to_be_decided_by(person) if is_own(person, row)]


def to_be_confirmed_by(person: User) -> list[Determination]:
    """Return the proposals that others signed on paper and this person may confirm now, oldest first."""
    return [row for row in _to_be_decided_by(person) if not is_own(person, row)]


def to_be_withdrawn_by(person: User) -> list[Determination]:
    """Return the proposals that can no longer be made and that this person may withdraw, oldest first."""
    others = set(people_with(Verb.WITHDRAW_DETERMINATION).values_list("pk", flat=True)) - {person.pk}
    rows = [row for row in proposed() if row.proposed_by_id not in others]
    return [row for row, possible in _judged(rows) if not possible]


def _to_be_decided_by(person: User) -> list[Determination]:
    rows = proposed().exclude(proposed_by=person).exclude(conflicts__officer=person)
    rows = rows.exclude(pk__in=open_on(Determination).values("case_id"))
    return [row for row, possible in _judged(rows) if possible]


def _judged(rows: Iterable[Determination]) -> list[tuple[Determination, bool]]:
    """Return each proposal and whether it can still be made; the number of queries does not grow with the rows."""
    rows = list(rows)
    decisions = Decision.objects.filter(qualification__in={row.qualification_id for row in rows})
    editions = {one.qualification_id: one.application.edition for one in decisions.select_related(EDITION)}
    of_takeovers = PolicyEdition.objects.valid_on(clock.today())
    told = set(_notices().filter(case_id__in=[row.pk for row in rows]).values_list("case_id", flat=True))
    known = [(row, row.is_on_paper or row.pk in told) for row in rows]
    with read_once():
        return [
            (row, is_known and _is_possible(row, editions.get(row.qualification_id, of_takeovers)))
            for row, is_known in known
        ]


def _is_possible(row: Determination, edition: PolicyEdition | None) -> bool:
    """Return whether a proposal of which the bank was told can still be made, and note on the row until when."""
    if edition is None:
        return False
    if row.paper_date is not None and row.is_rectifiable:
        row.possible_until = rectification_period(edition, row.paper_date).last_day
    return can_still_be_made(row, edition).allowed


def shown_to(bank: Bank) -> QuerySet[Determination]:
    """Return the determinations of which a bank knows, newest first: made, or with a prior notice."""
    rows = Determination.objects.filter(bank=bank).select_related("bank", "letter", "qualification")
    known = Q(state__in=WAS_MADE) | Q(pk__in=_notices().values("case_id"))
    return rows.filter(known).order_by("-pk")


def is_shown_to_bank(determination: Determination) -> bool:
    """Return whether the bank knows of the determination, as `shown_to` does."""
    return determination.state in WAS_MADE or _notices().filter(case_id=determination.pk).exists()


def awaits_decision(bank: Bank) -> QuerySet[Determination]:
    """Return the proposed determinations of which the bank knows and on which it was heard."""
    rows = shown_to(bank).filter(state=DeterminationState.PROPOSED)
    return rows.exclude(pk__in=open_on(Determination).values("case_id"))


def took_part(keys: Collection[int]) -> dict[int, frozenset[int]]:
    """By key of determination, the keys of the people who proposed it, or signed it on paper."""
    return {row.pk: row.people for row in Determination.objects.filter(pk__in=keys)}


def _notices() -> QuerySet[PriorNotice]:
    return PriorNotice.objects.filter(case_type=Determination._meta.label_lower)
