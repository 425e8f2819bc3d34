"""Reading exit cases and their grounds."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Prefetch, QuerySet
from django.utils.translation import pgettext

from banks.hearings.queries import open_on
from banks.hearings.rules import people_with_part
from banks.register.models import Bank, Qualification
from banks.register.states import BARRED
from exit.cases.models import ExitCase, Ground
from exit.cases.rules import (
    behind,
    determinations_behind,
    is_adverse,
    may_close,
    may_sign,
    standing_grounds,
    stands,
)
from exit.cases.states import OPEN, ExitState
from exit.cases.terms import ExitGround
from inspections.assessments.models import Assessment
from inspections.assessments.queries import last_review_behind
from inspections.determinations.models import Determination
from inspections.determinations.queries import made
from inspections.determinations.states import DeterminationState
from inspections.determinations.terms import DeterminationKind
from inspections.rectification.models import RectificationOrder
from inspections.rectification.states import OrderState
from inspections.setting_aside.queries import being_judged
from zsbank.base.accounts.models import User
from zsbank.base.journal.models import Entry
from zsbank.base.journal.queries import history_of
from zsbank.base.permissions import Verb


def with_sources(rows: QuerySet[Ground]) -> QuerySet[Ground]:
    """Return grounds with what `rules.stands` asks, in a constant number of queries."""
    found: QuerySet[Ground] = rows.select_related(
        "case",
        "document",
        "determination",
        "order__determination",
        "order__qualification",
        "notice__letter",
        "notice__paper",
        "paper",
    ).prefetch_related("order__qualification__assessments")
    return found


def with_grounds(rows: QuerySet[ExitCase]) -> QuerySet[ExitCase]:
    """Return cases with their grounds, judged without a query for each."""
    return rows.prefetch_related(Prefetch("grounds", with_sources(Ground.objects.all())))


def cases() -> QuerySet[ExitCase]:
    """Return all cases with related rows for lists, newest first."""
    found: QuerySet[ExitCase] = ExitCase.objects.select_related(
        "bank", "qualification", "letter", "paper", "opened_by", "proposed_by", "signed_by"
    )
    return with_grounds(found)


def cases_of(bank: Bank) -> QuerySet[ExitCase]:
    """Return a bank's cases, newest first."""
    return cases().filter(bank=bank)


def open_cases_of(bank: Bank) -> QuerySet[ExitCase]:
    """Return the bank's open case, if any; the database allows one."""
    return cases().filter(bank=bank, state__in=OPEN)


def ended_qualification(bank: Bank) -> Qualification | None:
    """Return the qualification with which a barred bank left; None for a bank that is not barred."""
    if bank.standing not in BARRED:
        return None
    return bank.qualifications.exclude(cancelled_on=None).order_by("-cancelled_on", "-pk").first()


def cases_from(order: RectificationOrder) -> QuerySet[ExitCase]:
    """Return the exit case to which a lapsed order led."""
    return cases().filter(grounds__order=order)


def led_to_by(row: Qualification | Determination | RectificationOrder) -> QuerySet[ExitCase]:
    """Return the cases to which a qualification, a determination or an order led."""
    if isinstance(row, Qualification):
        return ExitCase.objects.filter(qualification=row)
    behind = Ground.objects.filter(order=row) if isinstance(row, RectificationOrder) else _grounds_from(row)
    return ExitCase.objects.filter(pk__in=behind.values("case"))


def _grounds_from(determination: Determination) -> QuerySet[Ground]:
    own = Ground.objects.filter(determination=determination)
    return own | Ground.objects.filter(order__determination=determination)


def to_propose() -> list[ExitCase]:
    """Return the cases to check and propose, oldest first: those of which a ground still stands."""
    opened = cases().filter(state=ExitState.OPENED).order_by("pk")
    return [case for case in opened if standing_grounds(case)]


def to_be_signed_by(person: User) -> list[ExitCase]:
    """Return the proposed cases this person may sign now, oldest first.

    The bank's own wish, or when it was heard; and nothing on which the exit would rest is about to be set aside.
    """
    unheard = set(open_on(ExitCase).values_list("case_id", flat=True))
    disputed = being_judged()
    proposed = cases().filter(state=ExitState.PROPOSED).order_by("pk")
    ready = [case for case in proposed if case.pk not in unheard or not is_adverse(case)]
    return [
        case
        for case in ready
        if (grounds := standing_grounds(case))
        and disputed.isdisjoint(behind(grounds))
        and may_sign(person, case)
    ]


def to_be_closed_by(person: User) -> list[ExitCase]:
    """Return the open cases of which no ground stands any more and that this person may close, oldest first."""
    fallen = [case for case in cases().filter(state__in=OPEN).order_by("pk") if not standing_grounds(case)]
    return [case for case in fallen if may_close(person, case)]


def fallen_unrecorded() -> list[int]:
    """Return the grounds of open cases that no longer stand and are not recorded as ended, oldest first."""
    rows = with_sources(Ground.objects.filter(ended_at=None, case__state__in=OPEN)).order_by("pk")
    return [ground.pk for ground in rows if not stands(ground)]


def grounds_in_words(case: ExitCase) -> str:
    """Return the grounds of a case, those that ended left out unless all have."""
    grounds = list(case.grounds.all())
    left = [ground for ground in grounds if not ground.is_ended] or grounds
    return pgettext("between grounds", ", ").join(
        dict.fromkeys(str(ground.get_kind_display()) for ground in left)
    )


def change_behind(ground: Ground) -> Entry | None:
    """Return the journal entry of the change because of which a ground no longer stands: what, when, by whom."""
    if ground.is_wish:
        return history_of(ground.case).filter(verb=Verb.WITHDRAW_EXIT_APPLICATION).first()
    review = last_review_behind(ground.order) if ground.order else None
    if review is not None:
        return review
    determination = ground.determination or (ground.order.determination if ground.order else None)
    if determination is not None and determination.state != DeterminationState.MADE:
        return history_of(determination).exclude(to_state="").first()
    return history_of(ground.order).exclude(to_state="").first() if ground.order else None


def took_part(keys: Collection[int]) -> dict[int, frozenset[int]]:
    """By key of case, the keys of the people who opened or proposed it, or found, proposed or made what it rests on."""
    rows = cases().filter(pk__in=keys)
    under = {case.pk: list(determinations_behind(case)) for case in rows}
    proposers = people_with_part(
        Determination._meta.label_lower, {row.pk for found in under.values() for row in found}
    )
    assessors = _assessors({case.qualification_id for case in rows})
    found: dict[int, frozenset[int]] = {}
    for case in rows:
        people = {case.opened_by_id, case.proposed_by_id}
        people |= {ground.joined_by_id for ground in case.grounds.all() if not ground.is_wish}
        for determination in under[case.pk]:
            people |= proposers[determination.pk]
        if any(ground.kind == ExitGround.ASSESSMENT_FAILED for ground in case.grounds.all()):
            people |= assessors[case.qualification_id]
        found[case.pk] = frozenset(pk for pk in people if pk is not None)
    return found


def _assessors(qualifications: Collection[int]) -> dict[int, set[int | None]]:
    """By key of qualification, the people who recorded its assessments or made them final."""
    found: dict[int, set[int | None]] = defaultdict(set)
    rows = Assessment.objects.filter(qualification__in=qualifications)
    for held, recorded_by, finalised_by in rows.values_list("qualification", "recorded_by", "finalised_by"):
        found[held] |= {recorded_by, finalised_by}
    return found


def lapsed_without_case() -> QuerySet[RectificationOrder]:
    """Return lapsed orders of qualifications in force that are no ground of an exit case yet, oldest first."""
    found: QuerySet[RectificationOrder] = RectificationOrder.objects.filter(
        state=OrderState.LAPSED, exit_ground=None, qualification__cancelled_on=None
    )
    return found.order_by("pk")


def breaches_without_case() -> QuerySet[Determination]:
    """Return serious breaches of qualifications in force without an exit case, oldest first."""
    found = made().filter(
        kind=DeterminationKind.SERIOUS_BREACH, exit_ground=None, qualification__cancelled_on=None
    )
    return found.select_related("bank").order_by("pk")


def signed_without_effect() -> QuerySet[ExitCase]:
    """Return signed cases without a letter of the register or on paper, or with a qualification still in force.

    There must be none.
    """
    signed = ExitCase.objects.filter(state=ExitState.SIGNED)
    return signed.filter(letter=None, paper=None) | signed.filter(qualification__cancelled_on=None)


def signed() -> QuerySet[ExitCase]:
    """Return all signed cases."""
    return ExitCase.objects.filter(state=ExitState.SIGNED)
