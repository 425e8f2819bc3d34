"""Rules of setting determinations aside: four eyes, one at a time, and not behind an exit that is in effect."""

import datetime as dt

from django.utils.translation import gettext as _

from inspections.determinations.models import Determination
from inspections.setting_aside.models import SettingAside
from inspections.setting_aside.states import SettingAsideState
from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.actions.rows import state_of
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import in_words
from zsbank.base.cases.now import led_to
from zsbank.base.cases.registry import case_of
from zsbank.base.cases.turns import DONE
from zsbank.base.permissions import Verb
from zsbank.base.refusals import ALLOWED, NotAllowed, NotYet, Verdict, WrongState


def stands_behind_no_exit(determination: Determination) -> Verdict:
    """Check that no exit in effect rests on the determination (docs/decisions/0034).

    What followed from it may be undone only where the end of the qualification does not follow from it: that end,
    with its bar, is annulled itself, by a decision that judges all its grounds.
    """
    for row in led_to(determination):
        kind = case_of(type(row))
        if kind is not None and kind.states[state_of(row)].turn == DONE:
            words = _(
                "Exit %(number)s rests on this determination and is in effect. What was decided against the "
                "determination has to be decided about that exit: it is annulled itself, with the bar and the duties "
                "after it. Setting only the determination aside would leave an exit without a ground."
            )
            return Verdict.no("exit_in_effect", words % {"number": row})
    return ALLOWED


def may_propose(by: User | None, determination: Determination) -> Verdict:
    """Check that nobody has proposed it already, and that no exit in effect rests on the determination."""
    other = open_on(determination)
    if other is None:
        return stands_behind_no_exit(determination)
    words = _("%(person)s proposed on %(day)s to set this determination aside; it is not decided yet.")
    day = in_words(clock.local_day(other.proposed_at))
    return Verdict.no("open", words % {"person": other.proposed_by, "day": day}, WrongState)


def open_on(determination: Determination) -> SettingAside | None:
    """Return the proposal to set a determination aside that is not decided; the database allows one."""
    rows = SettingAside.objects.filter(determination=determination, state=SettingAsideState.PROPOSED)
    return rows.select_related("proposed_by").first()


def is_possible_day(day: dt.date, determination: Determination) -> Verdict:
    """Check that the document's day (local date) is neither ahead nor before the day of determination."""
    if day > clock.today():
        return Verdict.no("future", _("The date of the document is in the future."))
    if determination.determination_date is not None and day < determination.determination_date:
        words = _("The document is older than the determination of %(day)s, and cannot set it aside.")
        return Verdict.no("before", words % {"day": in_words(determination.determination_date)})
    return ALLOWED


def may_decide(by: User | None, setting_aside: SettingAside) -> Verdict:
    """Check that this person did not propose it (four eyes)."""
    if by is not None and by.pk == setting_aside.proposed_by_id:
        words = _("You proposed to set this determination aside; another person decides on it.")
        return Verdict.no("four_eyes", words, NotAllowed)
    return ALLOWED


def may_accept(by: User | None, setting_aside: SettingAside) -> Verdict:
    """Check that this person may decide, and that no exit in effect rests on the determination by now."""
    return may_decide(by, setting_aside) and stands_behind_no_exit(setting_aside.determination)


def may_withdraw(by: User | None, setting_aside: SettingAside) -> Verdict:
    """Check that this person proposed it, or that who did can no longer withdraw it."""
    if by is None or by.pk == setting_aside.proposed_by_id:
        return ALLOWED
    if not staff_may(setting_aside.proposed_by, Verb.WITHDRAW_SETTING_ASIDE):
        return ALLOWED
    words = _("%(person)s proposed to set the determination aside and can withdraw it.")
    return Verdict.no("not_own", words % {"person": setting_aside.proposed_by}, NotAllowed)


def nothing_is_to_be_set_aside(determination: Determination) -> Verdict:
    """Check that it is not being decided whether a determination is set aside; nothing is signed on it before."""
    waiting = open_on(determination)
    if waiting is None:
        return ALLOWED
    words = _(
        "It is not decided yet whether the determination is set aside (%(number)s). Decide on that first."
    )
    return Verdict.no("to_be_set_aside", words % {"number": waiting}, NotYet)
