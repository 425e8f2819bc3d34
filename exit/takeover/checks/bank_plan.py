"""What one bank will be: its standing, the dates that run, what is due already, and what does not fit the mechanism."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from banks.register.models import Bank
from banks.register.states import Standing
from exit.takeover.checks.grouped import Held, OfBank
from zsbank.base.calendar.periods import Period
from zsbank.base.roles import Role


@dataclass(frozen=True)
class Heed:
    """Something that is due already or soon: what happens, and who does it.

    Args:
        by: the role that acts; None for what the calendar has done already.
        is_due: whether it is due already, not only soon.
    """

    words: str
    by: Role | None = None
    is_due: bool = True

    @property
    def who(self) -> str:
        """The role in words."""
        return str(self.by.label) if self.by else ""

    def __str__(self) -> str:
        return f"{self.words} → {self.who}" if self.by else self.words


@dataclass
class HeldPlan:
    """What a qualification will be.

    Args:
        bar: the bar that its exit began; None while it is in force.
        title: which one it is, if the bank had several; otherwise empty.
        running: the due dates that run, and other facts, one line each.
    """

    held: Held
    bar: Period | None
    title: str = ""
    running: list[str] = field(default_factory=list)


@dataclass
class BankPlan:
    """What a bank will be.

    Args:
        existing: the bank, if it is registered already.
        held: its qualifications, in order of time.
        running: facts about the bank as a whole, one line each.
        heed: what is due already or soon.
        findings: what the papers say against the mechanism; the paper is the fact, and who confirms says why.
    """

    of_bank: OfBank
    existing: Bank | None
    standing: Standing
    held: list[HeldPlan]
    running: list[str] = field(default_factory=list)
    heed: list[Heed] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its name."""
        return self.of_bank.bank.name

    @property
    def standing_in_words(self) -> str:
        """Its standing."""
        return str(self.standing.label)

    def lines(self) -> Iterator[str]:
        """Yield everything that a person reads, for the command and for the fingerprint."""
        yield f"{self.of_bank.bank.uscc} {self.name}: {self.standing_in_words}"
        for held in self.held:
            yield from (f"  {line}" for line in (held.title, *held.running) if line)
        yield from (f"  {line}" for line in self.running)
        yield from (f"  ! {one}" for one in self.heed)
        yield from (f"  ? {one}" for one in self.findings)
