"""What a real register needs before its first case: declared by each subject, listed on the set-up page."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from zsbank.base.cases.turns import Text
from zsbank.base.permissions import Verb


class Standing(StrEnum):
    """How far something is set up."""

    DONE = "done"
    LOOK = "look"
    OPEN = "open"


@dataclass(frozen=True)
class Proof:
    """How far it is, and what shows it: a number, a date, or what is missing."""

    standing: Standing
    says: Text

    @classmethod
    def done(cls, says: Text) -> "Proof":
        """Return that nothing is missing."""
        return cls(Standing.DONE, says)

    @classmethod
    def look(cls, says: Text) -> "Proof":
        """Return that a person should look at it."""
        return cls(Standing.LOOK, says)

    @classmethod
    def open(cls, says: Text) -> "Proof":
        """Return that something is missing."""
        return cls(Standing.OPEN, says)


@dataclass(frozen=True)
class SetUp:
    """A line of the set-up page.

    Args:
        place: its position on the page, the lowest first.
        what: what is set up, as a heading.
        look: returns how far it is, in a constant number of queries.
        without: what cannot be done until it is set up.
        address: returns the URL of the page where it is done; empty if it is done outside of the desk.
        button: the text of the link.
        seen_with: the verb that the page needs.
        done_by: the verbs with which it is done; the roles that hold them are named.
        essential: whether no case can be handled properly without it.
    """

    place: int
    what: Text
    look: Callable[[], Proof]
    without: Text
    address: Callable[[], str] = lambda: ""
    button: Text = ""
    seen_with: Verb = Verb.SEE_DESK
    done_by: tuple[Verb, ...] = ()
    essential: bool = True
