"""What a letter is: each subject defines the kinds of letter it signs, and declares them in its case."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class LetterKind:
    """A kind of letter.

    Args:
        code: what the register of letters keeps, such as `exit_notice`; at most 30 characters.
        label: the same in words.
        on_standing: whether a bank gets or loses the qualification by it.
        adverse: whether it decides against the bank, which is heard before it is signed.
    """

    code: str
    label: str | Promise
    on_standing: bool = False
    adverse: bool = False
