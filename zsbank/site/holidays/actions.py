"""Actions on the holidays of a year: enter, withdraw, confirm with all due dates that move."""

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banks.members.actions.messages import notify_members
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.current import current_calendar
from zsbank.base.calendar.models import HolidayDay, HolidayYear, digest_of, rows_of
from zsbank.base.calendar.periods import Period
from zsbank.base.calendar.states import HolidaySource
from zsbank.base.calendar.wording import later_by_day
from zsbank.base.cases.now import page_for_bank
from zsbank.base.cases.urls import case_page
from zsbank.base.letters import actions as letters
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused, WrongState
from zsbank.site.holidays.change_letter import date_letter
from zsbank.site.holidays.models import DateChange
from zsbank.site.holidays.preview import Move, moves
from zsbank.site.holidays.reading import Notice
from zsbank.site.holidays.rules import may_confirm, waits


@action(Verb.ENTER_HOLIDAYS, makes=True, by_clock=True)
def enter_holidays(*, notice: Notice, source: HolidaySource, by: User | None) -> HolidayYear:
    """Enter the notice of a year; nothing changes until another person confirms it.

    Args:
        notice: the days as they were read.
        by: None for the command at the machine's console.

    Raises:
        NotAllowed: the role.
        Refused: a notice of the year waits already, or the year in force has the same days.
    """
    if HolidayYear.objects.to_be_confirmed().filter(year=notice.year).exists():
        raise Refused(
            _("Holidays of this year wait to be confirmed. Confirm or withdraw them first."), "waiting"
        )
    rows = rows_of(notice.days)
    digest = digest_of(rows)
    if HolidayYear.objects.in_force().filter(year=notice.year, digest=digest).exists():
        raise Refused(_("The register has exactly these holidays already."), "same")
    year = HolidayYear.objects.create(
        year=notice.year, source=source, digest=digest, entered_at=clock.now(), entered_by=by
    )
    HolidayDay.objects.bulk_create(
        HolidayDay(year=year, date=day, kind=kind, name=name) for day, kind, name in rows
    )
    record(subject=year, data={"source": source, "days": len(rows), "sha256": digest})
    notices.post(
        to=[person for person in people_with(Verb.CONFIRM_HOLIDAYS) if person != by],
        key=f"holidays:{year.pk}:entered",
        title=format_lazy(gettext_lazy("Holidays of {year} to be confirmed"), year=year.year),
        body=gettext_lazy("Compare them with the notice, and see which due dates move."),
        link=case_page(year),
        kind=MessageKind.TASK,
    )
    return year


@action(Verb.WITHDRAW_HOLIDAYS, on="year", rule=waits)
def withdraw_holidays(*, year: HolidayYear, by: User, reason: str) -> HolidayYear:
    """Withdraw a year that was entered wrongly.

    Raises:
        NotAllowed: the role.
        WrongState: it is confirmed or withdrawn already.
    """
    year.withdrawn_at = clock.now()
    year.save(update_fields=["withdrawn_at"])
    record(reason=reason)
    return year


@action(Verb.CONFIRM_HOLIDAYS, on="year", rule=may_confirm)
def confirm_holidays(*, year: HolidayYear, by: User) -> HolidayYear:
    """Confirm the holidays of a year; in the same transaction all running due dates are calculated anew.

    A date that has passed never moves. Bank and officer are told of each that does, with a new letter where a letter
    had stated it.

    Raises:
        NotAllowed: the role, or the person entered the year (four eyes).
        WrongState: it is confirmed or withdrawn already.
    """
    HolidayYear.objects.in_force().filter(year=year.year).update(replaced_at=clock.now())
    year.confirmed_at, year.confirmed_by = clock.now(), by
    year.save(update_fields=["confirmed_at", "confirmed_by"])
    found = moves(year.year, current_calendar())
    changed = [change for move in found if (change := _carry_out(year, move, by)) is not None]
    moved = sum(change.before != change.after for change in changed)
    record(
        data={
            "moved": moved,
            "no_longer_provisional": len(changed) - moved,
            "stayed": len(found) - len(changed),
        }
    )
    return year


def _carry_out(year: HolidayYear, move: Move, by: User) -> DateChange | None:
    """Store one due date, sign its letter and tell those concerned; None if it stays.

    The law moves the date, so nobody's conflict of interest in the case matters: the entry is the system's.
    """
    if move.has_passed:
        return None
    try:
        row = move.action(**{move.action.on: move.row, "by": None})
    except WrongState:  # it was changed since it was listed, or has passed
        return None
    change = DateChange.objects.create(
        year=year,
        bank=move.bank,
        case_type=move.row._meta.label_lower,
        case_id=move.row.pk,
        what=str(move.what)[:100],
        before=move.before,
        after=getattr(row, move.due.day),
    )
    earlier = getattr(row, "letter", None)
    if earlier is not None and change.before != change.after:
        period = Period.from_json(getattr(row, move.due.period))
        change.letter = letters.sign(data=date_letter(change, earlier, period), case=change, by=by)
        change.save(update_fields=["letter"])
    _tell(change, move)
    return change


def _tell(change: DateChange, move: Move) -> None:
    """Tell bank and officer of the date."""
    moved = change.before != change.after
    title = (
        gettext_lazy("A due date has moved") if moved else gettext_lazy("A due date is no longer provisional")
    )
    words = (
        gettext_lazy(
            "{what}: {after}; before, it was {before}. The holidays of {year} have been published. {letter}"
        )
        if moved
        else gettext_lazy("{what}: {after}, as before. The holidays of {year} have been published.")
    )
    body = format_lazy(
        words,
        what=move.what,
        after=later_by_day(change.after),
        before=later_by_day(change.before),
        year=change.year.year,
        letter=format_lazy(gettext_lazy("Letter number: {letter}."), letter=change.letter)
        if change.letter
        else "",
    )
    key = f"date-change:{change.pk}"
    page = page_for_bank(move.kind, move.case)
    if page:
        notify_members(
            bank=move.bank,
            key=key,
            title=title,
            body=body,
            link=page,
            due=change.after,
            letter=change.letter,
        )
    notices.post(
        to=move.officers(),
        key=key,
        title=title,
        body=body,
        link=case_page(move.case),
        about=f"{move.bank} {move.case}",
        kind=MessageKind.NEWS,
    )
