"""The section on legal remedies in adverse letters; organ and court are settings."""

from django.conf import settings

from zsbank.base.letters.data import Paragraph
from zsbank.base.letters.kinds import LetterKind


def remedies(kind: LetterKind, place: str) -> tuple[Paragraph, ...]:
    """Return the section on reconsideration and litigation; empty for kinds not listed in the settings.

    Args:
        place: the section's number in the letter, such as 三.
    """
    if kind.code not in settings.LETTER_REMEDIES:
        return ()
    channel = f"（网上渠道：{settings.REMEDY_CHANNEL}）" if settings.REMEDY_CHANNEL else ""
    return (
        Paragraph(f"{place}、救济途径", 1),
        Paragraph(
            f"你行如不服上述决定，可以自收到本函之日起六十日内向{settings.REMEDY_ORGAN}申请行政复议{channel}，"
            f"也可以自收到本函之日起六个月内向{settings.REMEDY_COURT}提起行政诉讼。"
        ),
    )
