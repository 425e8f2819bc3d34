"""What lies on a bank's desk."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from admission.applications.models import Application
from admission.applications.rules import may_start
from banks.hearings.models import PriorNotice
from banks.register.models import Bank, Qualification
from banks.register.rules import qualification_in_force
from exit.cases.models import ExitCase
from exit.cases.states import OPEN as EXIT_OPEN
from inspections.rectification.models import RectificationOrder
from inspections.rectification.queries import open_orders
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message
from zsbank.base.refusals import Verdict

SHOWN = 5


@dataclass(frozen=True)
class Desk:
    """Where the bank stands, what is open, and what has come in lately."""

    qualification: Qualification | None
    application: Application | None
    may_start: Verdict
    orders: Sequence[RectificationOrder]
    exit_case: ExitCase | None
    to_state: Sequence[PriorNotice]
    letters: Sequence[Letter]
    messages: Sequence[Message]


def desk_of(bank: Bank, person: User | AnonymousUser) -> Desk:
    """One bank's desk as one of its people sees it; a constant number of queries."""
    return Desk(
        qualification=qualification_in_force(bank),
        application=Application.objects.open().filter(bank=bank).first(),
        may_start=may_start(bank, on=clock.today()),
        orders=list(open_orders().filter(bank=bank)[:SHOWN]),
        exit_case=ExitCase.objects.filter(bank=bank, state__in=EXIT_OPEN).first(),
        to_state=list(
            PriorNotice.objects.filter(bank=bank, stated_at=None, due_date__gte=clock.today()).select_related(
                "letter"
            )
        ),
        letters=list(Letter.objects.filter(uscc=bank.uscc)[:SHOWN]),
        messages=list(Message.objects.filter(recipient_id=person.pk, uscc__in=("", bank.uscc))[:SHOWN]),
    )
