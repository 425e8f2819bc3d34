"""Refusals: each has a code for programs and a reason for people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PROBLEM = "application/problem+json"
"""The media type of a refusal in the API."""


def problem(status: int, code: str, detail: str) -> dict[str, Any]:
    """Return a refusal for a program in the format of RFC 9457.

    Args:
        code: a stable code.
        detail: text for people.
    """
    return {"type": f"urn:zsbank:{code}", "title": code, "status": status, "detail": detail}


class Refused(Exception):
    """An action that was not carried out. Nothing was written; the reason says what to do."""

    code = "refused"

    def __init__(self, reason: str | Promise, code: str | None = None) -> None:
        """Store the reason, which is shown as it is, and optionally a code other than that of the class."""
        super().__init__(reason)
        self.reason = reason
        self.code = code or self.code

    def __str__(self) -> str:
        return str(self.reason)


class FileRefused(Refused):
    """A file that was not accepted. Forms show the reason at the field of the file."""


class NotAllowed(Refused):
    """The person may not do this: wrong role, four-eyes rule, or declared conflict of interest."""

    code = "not_allowed"


MOVED_ON = _("This case has changed since you opened it. Reload the page to see its current status.")
"""The refusal for a case that changed; the door says instead who changed it, where the reader may know."""


class WrongState(Refused):
    """The case is in a state that does not allow this step."""

    code = "wrong_state"

    @classmethod
    def moved_on(cls) -> Self:
        """Return the refusal for a case that changed since the page was loaded."""
        return cls(MOVED_ON)


class NotYet(WrongState):
    """The case is where this step is taken, but not now: the reason says what has to happen first."""

    code = "not_yet"


class EditConflict(WrongState):
    """Another person saved the same object since this person opened it."""

    code = "stale"


class InUse(Refused):
    """Another person holds the lock; the same input can be sent again."""

    code = "in_use"


class Incomplete(Refused):
    """Required input is missing."""

    code = "incomplete"


class RowsRefused(Refused):
    """Rows of one page, of which nothing was saved because some were refused; forms show each reason at its row."""

    def __init__(self, reasons: Mapping[int, Refused]) -> None:
        """Store the reasons by the primary key of the row."""
        super().__init__(_("Nothing was saved, because some rows were refused."))
        self.reasons = reasons


def filled(text: str, words: str | Promise) -> str:
    """Return a text stripped of surrounding whitespace.

    Raises:
        Incomplete: the text is empty; `words` is the message.
    """
    if not text.strip():
        raise Incomplete(words)
    return text.strip()


LATE = "late"
"""The code of the reason that a time limit has passed; pages and forms say it in the same words."""


@dataclass(frozen=True)
class Reason:
    """A reason for a refusal: a stable code, a sentence for people, and the class of the refusal."""

    code: str
    text: str | Promise
    refusal: type[Refused] = Refused

    def __str__(self) -> str:
        return str(self.text)


@dataclass(frozen=True)
class Verdict:
    """The result of a rule: allowed if there are no reasons against it."""

    reasons: tuple[Reason, ...] = ()

    @classmethod
    def of(cls, reasons: Iterable[Reason]) -> Self:
        """Return a verdict with these reasons."""
        return cls(tuple(reasons))

    @classmethod
    def no(cls, code: str, text: str | Promise, refusal: type[Refused] = Refused) -> Self:
        """Return a refusing verdict with one reason."""
        return cls((Reason(code, text, refusal),))

    @classmethod
    def moved_on(cls) -> Self:
        """Return a refusing verdict: the case changed since the page was loaded."""
        return cls.no("wrong_state", WrongState.moved_on().reason, WrongState)

    @property
    def allowed(self) -> bool:
        """Whether there are no reasons against it."""
        return not self.reasons

    def __bool__(self) -> bool:
        return self.allowed

    @property
    def why_not(self) -> str:
        """All reasons against it as one text; empty if there are none."""
        return " ".join(str(reason) for reason in self.reasons)

    def has(self, code: str) -> bool:
        """Return whether one of the reasons has this code."""
        return any(reason.code == code for reason in self.reasons)

    @property
    def nothing_to_do(self) -> bool:
        """Whether the step makes no sense on the case as it is: done already, or never possible."""
        return any(
            issubclass(reason.refusal, WrongState) and not issubclass(reason.refusal, NotYet)
            for reason in self.reasons
        )

    def require(self, refusal: type[Refused] | None = None) -> None:
        """Raise a refusal with all reasons, if there are any.

        Args:
            refusal: the class of the refusal; by default that of the first reason.

        Raises:
            Refused: there are reasons against.
        """
        if self.reasons:
            raise (refusal or self.reasons[0].refusal)(self.why_not, self.reasons[0].code)


ALLOWED = Verdict()
