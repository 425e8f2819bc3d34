"""How the register says no: a refusal carries a code for programs and a plain reason for people."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PROBLEM = "application/problem+json"
"""The media type of a no to a program."""


def problem(status: int, code: str, detail: str) -> dict[str, Any]:
    """A no to a program, in the shape of RFC 9457: a stable code, and what people read."""
    return {"type": f"urn:zsbank:{code}", "title": code, "status": status, "detail": detail}


class Refused(Exception):
    """A verb that was not carried out. Nothing was written; the reason says what to do."""

    code = "refused"

    def __init__(self, reason: str | Promise, code: str | None = None) -> None:
        """Keep the reason (shown to the person as it is) and, where given, a code of its own."""
        super().__init__(reason)
        self.reason = reason
        self.code = code or self.code

    def __str__(self) -> str:
        return str(self.reason)


class FileRefused(Refused):
    """A file that was not taken. Forms show the reason at the field in which it was chosen."""


class NotAllowed(Refused):
    """The person may not do this: the role, the four-eyes rule or a declared conflict stands against it."""

    code = "not_allowed"


class WrongState(Refused):
    """The case is not, or no longer, where this step can be taken."""

    code = "wrong_state"

    @classmethod
    def moved_on(cls) -> Self:
        """The usual words: somebody else was first, or the page is old."""
        return cls(
            _("This case has moved on since you opened it. Reload the page to see where it stands now.")
        )


class NotYet(WrongState):
    """The case is where this step is taken, but not now: the reason says what has to happen first."""

    code = "not_yet"


class EditConflict(WrongState):
    """Somebody else has saved the same thing since the person opened it."""

    code = "stale"


class Incomplete(Refused):
    """Something that the step needs is missing."""

    code = "incomplete"


def filled(text: str, words: str | Promise) -> str:
    """A text that must not be empty, without the blanks around it.

    Raises:
        Incomplete: nothing is written in it; `words` say what is missing.
    """
    if not text.strip():
        raise Incomplete(words)
    return text.strip()


@dataclass(frozen=True)
class Reason:
    """One reason against: a stable code, the sentence people read, and the kind of refusal it makes."""

    code: str
    text: str | Promise
    refusal: type[Refused] = Refused

    def __str__(self) -> str:
        return str(self.text)


@dataclass(frozen=True)
class Verdict:
    """A rule's answer: allowed when no reason stands against it."""

    reasons: tuple[Reason, ...] = ()

    @classmethod
    def of(cls, reasons: Iterable[Reason]) -> Self:
        """A verdict from whatever reasons were found."""
        return cls(tuple(reasons))

    @classmethod
    def no(cls, code: str, text: str | Promise, refusal: type[Refused] = Refused) -> Self:
        """A verdict against, with its one reason."""
        return cls((Reason(code, text, refusal),))

    @classmethod
    def moved_on(cls) -> Self:
        """A verdict against: the case is not, or no longer, where this can be done."""
        return cls.no("wrong_state", WrongState.moved_on().reason, WrongState)

    @property
    def allowed(self) -> bool:
        """Whether nothing stands against it."""
        return not self.reasons

    def __bool__(self) -> bool:
        return self.allowed

    @property
    def why_not(self) -> str:
        """All that stands against it, as one text; empty when nothing does."""
        return " ".join(str(reason) for reason in self.reasons)

    def has(self, code: str) -> bool:
        """Whether a reason with this code stands against it."""
        return any(reason.code == code for reason in self.reasons)

    @property
    def nothing_to_do(self) -> bool:
        """Whether the step makes no sense on the case as it is: done already, or never possible."""
        return any(
            issubclass(reason.refusal, WrongState) and not issubclass(reason.refusal, NotYet)
            for reason in self.reasons
        )

    def require(self, refusal: type[Refused] | None = None) -> None:
        """Raise the refusal with all reasons when there are any; of the first reason's kind unless another is named."""
        if self.reasons:
            raise (refusal or self.reasons[0].refusal)(self.why_not, self.reasons[0].code)


ALLOWED = Verdict()
