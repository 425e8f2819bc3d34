"""Rules of random lives: what changes around the cases: people, holidays, the banks' own data."""

import datetime as dt
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import rule

from banks.changes.terms import ChangeKind
from banks.changes.tests.factories import division, entered, succession
from banks.members.models import Member
from banks.register.models import Bank
from conftest import make_officer
from tests.lives.machine import ROLES, WHICH, Machine, act
from zsbank.base.accounts.models import User
from zsbank.base.calendar.holidays import DayKind, DayNature
from zsbank.base.calendar.models import HolidayYear
from zsbank.base.calendar.states import HolidaySource
from zsbank.base.calendar.statutory import statutory_days
from zsbank.base.roles import Role
from zsbank.site.holidays.reading import Notice

OFFICERS = st.sampled_from(sorted(set(ROLES) - {"auditor"}))
SATURDAY = 5


class PeopleGo(Machine):
    """People leave in the middle of cases, and others take over."""

    @rule(name=OFFICERS)
    def revoke(self, name: str) -> None:
        """An officer loses the role; a new person gets it."""
        person, role = getattr(self.people, name), ROLES[name]
        revoke = partial(act, "revoke_role", person=person, role=role, by=self.security)
        if self.attempt(revoke):
            self._hire(name)

    @rule(name=OFFICERS)
    def deactivate(self, name: str) -> None:
        """An officer's account is deactivated; a new person gets the role."""
        person = getattr(self.people, name)
        if self.attempt(partial(act, "deactivate_person", person=person, by=self.security)):
            self._hire(name)

    def _hire(self, name: str) -> None:
        self.replace_officer(name, make_officer(f"o-{name}-{len(self.gone)}", ROLES[name]))

    @rule(which=WHICH)
    def member_leaves(self, which: int) -> None:
        """The bank's only administrator is removed by the bureau; a new one is entered."""
        bank, leaving = self.banks[which], self.clerks[which]
        member = Member.objects.get(bank=bank, user=leaving, left_on=None)
        if not self.attempt(lambda: act("remove_member", member=member, by=self.people.intake)):
            return
        self.gone.append(leaving)
        coming = User.objects.create(username=f"clerk-{which}-{len(self.gone)}", name="新来员")
        role = Role.BANK_ADMINISTRATOR
        added = partial(act, "add_member", bank=bank, user=coming, role=role, by=self.people.intake)
        assert self.attempt(added)
        self.clerks[which] = coming


class Holidays(Machine):
    """Notices of this year and the next ones, loaded at any time and replaced by others."""

    @rule(ahead=st.integers(0, 2), start=st.integers(0, 340), length=st.integers(1, 9))
    def load_holidays(self, ahead: int, start: int, length: int) -> None:
        """Enter and confirm a notice with one invented holiday; the next Saturday is a working day."""
        self.confirm_notice(invented(self.day.year + ahead, start, length))

    def confirm_notice(self, notice: Notice) -> None:
        """Enter and confirm a notice."""
        enter = partial(
            act, "enter_holidays", notice=notice, source=HolidaySource.FILE, by=self.people.intake
        )

        def both() -> None:
            act("confirm_holidays", year=enter(), by=self.people.decider)

        self.whole(both)

    @rule(ahead=st.integers(0, 1))
    def withdraw_holidays(self, ahead: int) -> None:
        """Enter a notice and withdraw it: nothing may have moved."""
        before = self._in_force()
        notice = invented(self.day.year + ahead, 100, 2)
        enter = partial(
            act, "enter_holidays", notice=notice, source=HolidaySource.FILE, by=self.people.intake
        )

        def both() -> None:
            act("withdraw_holidays", year=enter(), by=self.people.intake, reason="录入有误")

        self.whole(both)
        assert self._in_force() == before

    def _in_force(self) -> list[tuple[int, str]]:
        return list(HolidayYear.objects.in_force().order_by("year").values_list("year", "digest"))


def invented(year: int, start: int, length: int) -> Notice:
    """Return a notice with the statutory holidays and one more, after which a Saturday is a working day.

    Args:
        start: the first day of the invented holiday, in calendar days after 1 January.
        length: of it, in calendar days.
    """
    named = {day: DayNature(DayKind.HOLIDAY, *names, year) for day, names in statutory_days(year).items()}
    first = dt.date(year, 1, 1) + dt.timedelta(days=start)
    days = [first + dt.timedelta(days=number) for number in range(length)]
    named |= {day: DayNature(DayKind.HOLIDAY, "国庆节", "National Day", year) for day in days}
    after = days[-1] + dt.timedelta(days=1)
    saturday = after + dt.timedelta(days=(SATURDAY - after.weekday()) % 7)
    if saturday.year == year and saturday not in named:
        named[saturday] = DayNature(DayKind.MAKEUP_WORKING_DAY, "国庆节", "National Day", year)
    return Notice(year, named)


class Changes(Machine):
    """Banks change their names and are absorbed by others."""

    @rule(which=WHICH, number=st.integers(0, 3))
    def rename(self, which: int, number: int) -> None:
        name = f"示例银行{which}第{number}名"

        def both() -> None:
            change = entered(self._now(which), self.people.intake, name=name)
            act("accept_change", change=change, by=self.people.decider)

        self.whole(both)

    @rule(which=WHICH, into=WHICH, sure=st.sampled_from([False, False, True]))
    def absorb(self, which: int, into: int, sure: bool) -> None:
        """A bank is absorbed by another, or the change is declined."""
        verb = "accept_change" if sure else "decline_change"
        words = {} if sure else {"reason": "尚未批准"}

        def both() -> None:
            change = succession(self._now(which), self._now(into), self.people.intake)
            act(verb, change=change, by=self.people.decider, **words)

        done = self.whole(both)
        assert not (done and which == into)

    @rule(which=WHICH, into=WHICH, ends=st.booleans(), carried=st.booleans())
    def divide(self, which: int, into: int, ends: bool, carried: bool) -> None:
        """Another bank came out of a bank, which goes on, or both others did and it ended; one may carry on."""
        others = [self._now(one) for one in range(len(self.banks)) if one != which]
        successors = others if ends else [self._now(into)]

        def both() -> None:
            change = division(
                self._now(which),
                successors,
                self.people.intake,
                kind=ChangeKind.SPLIT_UP if ends else ChangeKind.SPLIT_OFF,
                carrier=self._now(into) if carried else None,
            )
            act("accept_change", change=change, by=self.people.decider)

        done = self.whole(both)
        assert not (done and which == into and (carried or not ends))

    def _now(self, which: int) -> Bank:
        return Bank.objects.get(pk=self.banks[which].pk)
