"""Rules of exit cases, above all whether a ground still stands: asked by pages, work lists, actions and the sweep."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from banks.hearings.rules import was_heard
from banks.register.models import Bank, Qualification
from banks.register.rules import qualification_in_force
from exit.cases.models import ExitCase, Ground
from exit.cases.states import OPEN, ExitState
from exit.cases.terms import ExitGround, Fallen
from inspections.assessments.rules import still_failing
from inspections.determinations.models import Determination
from inspections.determinations.rules import edition_of
from inspections.determinations.states import DeterminationState
from inspections.determinations.terms import DeterminationKind
from inspections.setting_aside.rules import nothing_is_to_be_set_aside
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import calculate
from zsbank.base.calendar.periods import Period, Unit
from zsbank.base.refusals import ALLOWED, Incomplete, NotAllowed, NotYet, Reason, Verdict, WrongState


def stands(ground: Ground) -> Verdict:
    """Judge from today's facts whether a ground still supports the exit, whatever was true when it joined.

    The reason says which fact is gone and names no officer, so that banks may read it.
    """
    why = Fallen(ground.ended_why) if ground.is_ended else _what_is_gone(ground)
    return Verdict.no(why, why.label) if why else ALLOWED


def _what_is_gone(ground: Ground) -> Fallen | None:
    """Return which fact under a ground no longer holds; None if all do."""
    # The bank's own wish has a document, and so has an exit that was taken over: its letter on paper.
    if ground.document_id is not None:
        return None
    order = ground.order
    if ground.kind == ExitGround.ASSESSMENT_FAILED and order is not None:
        if not still_failing(order):
            return Fallen.YEARS
    elif not any(found.state == DeterminationState.MADE for found in _determination_of(ground)):
        return Fallen.DETERMINATION
    return Fallen.ORDER if order is not None and ground.case.is_open and not order.has_lapsed else None


def _determination_of(ground: Ground) -> Iterator[Determination]:
    """Yield the determination of a ground, its own or that of its order."""
    determination = ground.determination or (ground.order.determination if ground.order else None)
    if determination is not None:
        yield determination


def standing_grounds(case: ExitCase) -> list[Ground]:
    """Return the grounds on which a case could be signed today, in the order in which they joined."""
    return [ground for ground in case.grounds.all() if stands(ground)]


def fallen_grounds(case: ExitCase) -> list[tuple[Ground, str]]:
    """Return the grounds of a case that no longer stand, each with the reason."""
    judged = [(ground, stands(ground)) for ground in case.grounds.all()]
    return [(ground, verdict.why_not) for ground, verdict in judged if not verdict]


def is_adverse(case: ExitCase) -> bool:
    """Return whether a ground stands that is not the bank's own wish: then the bank is heard first."""
    return any(not ground.is_wish for ground in standing_grounds(case))


def rests_on_something(case: ExitCase) -> Verdict:
    """Check that a ground still stands; otherwise the case can only be closed."""
    if standing_grounds(case):
        return ALLOWED
    words = _("No ground of this case stands any more: %(reasons)s Close the case.")
    reasons = " ".join(dict.fromkeys(reason for _ground, reason in fallen_grounds(case)))
    return Verdict.no("no_ground", words % {"reasons": reasons}, NotYet)


def may_open(by: User | None, bank: Bank) -> Verdict:
    """Check that the bank may apply to exit: a qualification in force, and no application of its own that runs."""
    if qualification_in_force(bank) is None:
        return Verdict.no("not_qualified", _("The bank has no qualification to end."))
    case = open_case_of(qualification_in_force(bank))
    if case is not None and case.wish is not None:
        return Verdict.no("open", _("Your bank has already applied to exit; the application is open."))
    return ALLOWED


def open_case_of(qualification: Qualification | None) -> ExitCase | None:
    """Return the open case of a qualification; the database allows one, which further grounds join."""
    return ExitCase.objects.filter(qualification=qualification, state__in=OPEN).first()


def may_open_from(by: User | None, determination: Determination) -> Verdict:
    """Check that a determination leads to exit at once: only a serious breach does (exit （二）1)."""
    if determination.kind != DeterminationKind.SERIOUS_BREACH:
        return Verdict.no(
            "rectifiable",
            _("This determination requires rectification. Only a serious breach leads directly to exit."),
        )
    if Ground.objects.filter(determination=determination).exists():
        return Verdict.no("used", _("An exit case has already been opened from this determination."))
    if qualification_in_force(determination.bank) != determination.qualification:
        return Verdict.no("not_qualified", _("The qualification concerned has already ended."))
    return ALLOWED


def may_withdraw(by: User | None, case: ExitCase) -> Verdict:
    """Check that the bank's own application is among the grounds and not withdrawn yet (exit （一）)."""
    if case.application is None:
        return Verdict.no("not_own", _("The bureau opened this case; the bank cannot withdraw it."))
    if case.wish is None:
        return Verdict.no("withdrawn", _("The application to exit is already withdrawn."), WrongState)
    return ALLOWED


def may_propose(by: User | None, case: ExitCase) -> Verdict:
    """Check that a ground still stands."""
    return rests_on_something(case)


def may_sign(by: User | None, case: ExitCase) -> Verdict:
    """Check that this person neither proposed the case nor proposed, made or confirmed a determination behind it."""
    if by is None:
        return ALLOWED
    if by.pk == case.proposed_by_id:
        return Verdict.no("four_eyes", _("You proposed this exit; another person must sign it."), NotAllowed)
    if any(by.pk in determination.people for determination in determinations_behind(case)):
        return Verdict.no(
            "four_eyes",
            _("You proposed, made or confirmed the determination; another person must sign."),
            NotAllowed,
        )
    return ALLOWED


def may_sign_now(by: User | None, case: ExitCase) -> Verdict:
    """Check that this person may sign, and that the bank was heard on grounds that stand and are not about to fall."""
    return may_sign(by, case) and rests_on_something(case) and is_undisputed(case) and may_take_effect(case)


def is_undisputed(case: ExitCase) -> Verdict:
    """Check that nothing on which the exit would rest is about to be set aside: that is decided first."""
    for ground in standing_grounds(case):
        for determination in _determination_of(ground):
            verdict = nothing_is_to_be_set_aside(determination)
            if not verdict:
                return verdict
    return ALLOWED


def may_close(by: User | None, case: ExitCase) -> Verdict:
    """Check that this person did not propose the case."""
    if by is not None and case.state == ExitState.PROPOSED and by.pk == case.proposed_by_id:
        return Verdict.no(
            "four_eyes",
            _("You proposed this exit; another person must sign it or close the case."),
            NotAllowed,
        )
    return ALLOWED


def may_take_effect(case: ExitCase) -> Verdict:
    """Check that the bank was heard on every ground that stands, except its own wish (law.md §2)."""
    adverse = [ground for ground in standing_grounds(case) if not ground.is_wish]
    if not adverse:
        return ALLOWED
    if any(ground.notice_id is None for ground in adverse):
        words = _("The bank has not received a prior notice of every ground, and could not state its case.")
        return Verdict.no("not_told", words, Incomplete)
    return Verdict.of(Reason(reason.code, reason.text, Incomplete) for reason in was_heard(case).reasons)


def has_fallen(by: User | None, ground: Ground) -> Verdict:
    """Check that a ground of an open case no longer stands and that this is not on record yet."""
    if ground.is_ended or stands(ground):
        return Verdict.no("stands", _("The ground still stands."), WrongState)
    return ALLOWED


def determinations_behind(case: ExitCase) -> Iterator[Determination]:
    """Yield the determinations behind a case, directly or through a lapsed order."""
    for ground in case.grounds.all():
        yield from _determination_of(ground)


def behind(grounds: Iterable[Ground]) -> set[int]:
    """Return the keys of the determinations on which grounds rest, directly or through a lapsed order."""
    return {determination.pk for ground in grounds for determination in _determination_of(ground)}


def bar_from_today(qualification: Qualification) -> Period:
    """Return the bar of a qualification cancelled today, by the edition it was given under (exit （四）).

    Raises:
        Refused: no policy edition is in force.
    """
    edition = edition_of(qualification)
    return calculate(clock.today(), edition.bar_years, Unit.YEAR, roll=edition.roll_bar)
