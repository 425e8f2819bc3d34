"""What lies on a bank's desk."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from banks.register.models import Bank, Qualification
from banks.register.rules import qualification_in_force
from zsbank.base.accounts.models import User
from zsbank.base.cases.pages import NextStep
from zsbank.base.cases.registry import cases
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message

SHOWN = 5


@dataclass(frozen=True)
class Desk:
    """Where the bank stands, what is open, and what has come in lately."""

    qualification: Qualification | None
    steps: Sequence[NextStep]
    letters: Sequence[Letter]
    messages: Sequence[Message]


def desk_of(bank: Bank, person: User | AnonymousUser) -> Desk:
    """One bank's desk as one of its people sees it; a constant number of queries."""
    return Desk(
        qualification=qualification_in_force(bank),
        steps=_steps(bank),
        letters=list(Letter.objects.filter(uscc=bank.uscc)[:SHOWN]),
        messages=list(Message.objects.filter(recipient_id=person.pk, uscc__in=("", bank.uscc))[:SHOWN]),
    )


def _steps(bank: Bank) -> list[NextStep]:
    """What the bank has to do or waits for, in every kind of case; what it has to do itself first."""
    found = [step for case in cases() if case.home for step in case.home(bank)]
    return sorted(found, key=lambda step: not step.theirs)
