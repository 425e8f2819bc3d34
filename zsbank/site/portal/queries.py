"""Queries for a bank's home."""

from collections.abc import Sequence
from dataclasses import dataclass

from banks.register.models import Bank, Qualification
from banks.register.rules import qualification_in_force
from zsbank.base.accounts.models import User
from zsbank.base.cases.pages import NextStep
from zsbank.base.cases.registry import cases
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message
from zsbank.base.notices.queries import messages_of

LATEST = 5


@dataclass(frozen=True)
class Home:
    """The content of a bank's home."""

    qualification: Qualification | None
    steps: Sequence[NextStep]
    letters: Sequence[Letter]
    messages: Sequence[Message]


def home_of(bank: Bank, person: User) -> Home:
    """Return the home of a bank for one of its users, with a constant number of queries."""
    return Home(
        qualification=qualification_in_force(bank),
        steps=_steps(bank),
        letters=list(Letter.objects.filter(uscc=bank.uscc)[:LATEST]),
        messages=list(messages_of(person, bank.uscc)[:LATEST]),
    )


def _steps(bank: Bank) -> list[NextStep]:
    """Return the bank's next steps in all cases; those that it has to take come first."""
    found = [step for case in cases() if case.home for step in case.home(bank)]
    return sorted(found, key=lambda step: not step.theirs)
