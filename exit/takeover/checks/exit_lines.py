"""The lines of the preview about exits: the bar of one in effect, and the next step of one that is under way."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from admission.editions.models import PolicyEdition
from exit.cases.terms import ExitGround
from exit.takeover.checks.bank_plan import BankPlan, Heed, HeldPlan
from exit.takeover.checks.notices import statement_period, told_of
from exit.takeover.data import ExitRow, NoticeRow
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Period
from zsbank.base.calendar.wording import in_words, through
from zsbank.base.roles import Role


def add_exit(plan: BankPlan, one: HeldPlan, edition: PolicyEdition) -> None:
    """Add the lines of the exit of a qualification."""
    if one.bar is not None:
        _add_bar(plan, one, one.bar)
    elif one.held.under_way:
        _add_under_way(plan, one, edition)


def _add_bar(plan: BankPlan, one: HeldPlan, bar: Period) -> None:
    given = {
        "left": in_words(bar.start),
        "last": through(bar.last_day),
        "first": in_words(bar.first_day_after),
    }
    words = _("Left on %(left)s; last day of the reapplication bar: %(last)s")
    one.running.append(words % given)
    if clock.today() < bar.first_day_after or one is not plan.held[-1]:
        return
    if bar.provisional:
        words = _(
            "The bar ended on %(last)s, a provisional day: an intake officer confirms that it has ended."
        )
        plan.heed.append(Heed(words % given, Role.INTAKE_OFFICER))
    else:
        words = _(
            "The bar ended on %(last)s: with the confirmation the bank may apply again, since %(first)s."
        )
        plan.heed.append(Heed(words % given))


def _add_under_way(plan: BankPlan, one: HeldPlan, edition: PolicyEdition) -> None:
    held = one.held
    for row in held.under_way:
        given = {"ground": ExitGround(row.ground).label, "day": in_words(row.issued_on)}
        one.running.append(_("Exit under way since %(day)s: %(ground)s") % given)
    adverse = [row for row in held.under_way if row.ground != ExitGround.VOLUNTARY]
    if not adverse:
        words = _(
            "The bank's application to exit of %(day)s waits: the bureau proposes and signs its consent."
        )
        day = in_words(held.under_way[0].issued_on)
        plan.heed.append(Heed(words % {"day": day}, Role.INSPECTOR))
        return
    if untold := [row for row in adverse if told_of(row, held) is None]:
        plan.heed.append(_untold(untold))
    else:
        heard = [_add_notice(plan, row, edition) for row in held.notices]
        words = (
            _("The bank was heard on the exit: an inspector proposes the letter, and a decider signs it.")
            if all(heard)
            else _("An inspector proposes the letter; it is signed when the bank has been heard.")
        )
        plan.heed.append(Heed(words, Role.INSPECTOR, is_due=all(heard)))


def _untold(rows: list[ExitRow]) -> Heed:
    grounds = dict.fromkeys(str(ExitGround(row.ground).label) for row in rows)
    words = _(
        "Exit under way without a prior notice of this: %(grounds)s. An inspector proposes the letter; with that the "
        "bank gets the notice, and may state its case."
    )
    return Heed(words % {"grounds": pgettext("between grounds", ", ").join(grounds)}, Role.INSPECTOR)


def _add_notice(plan: BankPlan, row: NoticeRow, edition: PolicyEdition) -> bool:
    """Add what a prior notice still waits for; return whether the bank was heard on it."""
    period = statement_period(row, edition)
    given = {
        "number": row.document_number,
        "day": through(period.last_day) if period else "",
        "stated": in_words(row.stated_on) if row.stated_on else "",
    }
    if row.answered_on is not None:
        return True
    if row.stated_on is not None:
        words = _("Prior notice %(number)s: the bank's statement of %(stated)s is not answered.")
        plan.heed.append(Heed(words % given, Role.INSPECTOR))
        return False
    if period is None or clock.today() > period.last_day:
        return True
    words = _("Prior notice %(number)s: the bank may state its case until %(day)s.")
    plan.heed.append(Heed(words % given, is_due=False))
    return False
