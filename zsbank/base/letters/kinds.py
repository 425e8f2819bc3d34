"""Kinds of letter: each subject defines the kinds it signs, and declares them in its case."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class LetterKind:
    """A kind of letter.

    Args:
        code: stored in the register of letters, such as `exit_notice`; at most 30 characters.
        label: its name.
        on_standing: whether the letter grants or ends the qualification.
        adverse: whether it decides against the bank, which is heard before it is signed.
    """

    code: str
    label: str | Promise
    on_standing: bool = False
    adverse: bool = False
