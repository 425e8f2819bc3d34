"""Queries for a bank's home."""

from collections.abc import Sequence
from dataclasses import dataclass

from banks.members.models import KeptMessage
from banks.members.queries import missed_by
from banks.register.models import Bank, Qualification
from banks.register.rules import qualification_in_force
from zsbank.base.accounts.models import User
from zsbank.base.cases.pages import NextStep
from zsbank.base.cases.registry import cases
from zsbank.base.letters.models import Letter
from zsbank.base.notices.models import Message
from zsbank.base.notices.queries import messages_of

LATEST = 5
LATEST_MISSED = 20


@dataclass(frozen=True)
class Home:
    """The content of a bank's home."""

    qualification: Qualification | None
    steps: Sequence[NextStep]
    letters: Sequence[Letter]
    messages: Sequence[Message]
    missed: Sequence[KeptMessage]


def home_of(bank: Bank, person: User) -> Home:
    """Return the home of a bank for one of its users, with a constant number of queries."""
    return Home(
        qualification=qualification_in_force(bank),
        steps=_steps(bank),
        letters=list(Letter.objects.filter(uscc__in=bank.codes)[:LATEST]),
        messages=list(messages_of(person, bank.codes)[:LATEST]),
        missed=list(missed_by(bank)[:LATEST_MISSED]),
    )


def _steps(bank: Bank) -> list[NextStep]:
    """Return the bank's next steps in all cases, each page once; those that it has to take come first.

    A case in which the bank is heard has the same step as its notice, which is declared in a lower subject.
    """
    found: dict[tuple[str, str], NextStep] = {}
    for case in cases():
        for step in case.home(bank) if case.home else ():
            found.setdefault((step.address, str(step.heading)), step)
    return sorted(found.values(), key=lambda step: not step.theirs)
