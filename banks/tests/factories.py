"""Factories of banks and members."""

import datetime as dt

import factory
import factory.declarations

from banks.members.models import Member
from banks.outlets.models import Outlet
from banks.outlets.terms import CardService
from banks.register import actions
from banks.register.identifiers import with_check_characters
from banks.register.models import Bank, Qualification
from banks.register.terms import BankCategory
from zsbank.base.accounts.models import User
from zsbank.base.actions.tests.inside import inside
from zsbank.base.calendar.periods import Period
from zsbank.base.permissions import Verb
from zsbank.base.roles import Role


def make_bank(name: str, uscc: str) -> Bank:
    """A city commercial bank as applicant."""
    return Bank.objects.create(
        name=name, uscc=uscc, category=BankCategory.CITY, license_institution_code="B9001H244200001"
    )


def make_member(bank: Bank, username: str, role: Role) -> Member:
    """A member of the bank."""
    user = User.objects.create(username=username, name=f"{username}员", email=f"{username}@bank.example")
    return Member.objects.create(bank=bank, user=user, role=role, since=dt.date(2020, 1, 1))


def admit(bank: Bank, by: User, issuing_from: dt.date | None = None) -> Qualification:
    """Give a bank the qualification today, as a takeover."""
    with inside(Verb.DECIDE, by):
        return actions.admit(
            bank=bank, by=by, reason="", issuing_from=issuing_from, takeover_note="示例：登记前已取得资格。"
        )


def leave(qualification: Qualification, by: User, bar: Period, reason: str = "退出") -> Bank:
    """Cancel a qualification today."""
    with inside(Verb.SIGN_EXIT, by):
        return actions.leave(qualification=qualification, by=by, reason=reason, bar=bar)


class OutletFactory(factory.django.DjangoModelFactory[Outlet]):
    """An outlet that meets all criteria."""

    class Meta:
        model = Outlet

    name = factory.declarations.Sequence(lambda n: f"示例第{n}支行")  # type: ignore[no-untyped-call]
    town = "小榄镇"
    address = "示例路1号"
    uscc = factory.declarations.Sequence(lambda n: with_check_characters(f"91442000MATE{n % 10_000:04d}"))  # type: ignore[no-untyped-call]
    license_institution_code = factory.declarations.Sequence(lambda n: f"B9002S24420{n % 10_000:04d}")  # type: ignore[no-untyped-call]
    windows = 2
    trained_staff = 3
    opening_hours = "周一至周五 9:00—17:00"
    services = [service.value for service in CardService]
