"""The content of a letter as typed data: apps create it, templates lay it out."""

from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

Level = Literal[0, 1, 2, 3]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body. Level 0 is running text; 1 is 一、, 2 is （一）, 3 is 1., as in GB/T 9704."""

    text: str
    level: Level = 0


@dataclass(frozen=True)
class LetterData:
    """The content of a letter, in official Chinese.

    Args:
        kind: the code of its kind.
        title: without the organ's name, e.g. 关于同意…的函.
        addressee: without the colon.
        uscc: the addressee's unified social credit code; not printed.
        paragraphs: the body, in order.
        attachments: names of attachments, without numbers.
    """

    kind: str
    title: str
    addressee: str
    uscc: str
    paragraphs: tuple[Paragraph, ...]
    attachments: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the data to freeze in the letter's row."""
        return asdict(self)

    @classmethod
    def from_json(cls, frozen: dict[str, Any]) -> Self:
        """Return the data frozen when the letter was signed."""
        return cls(
            kind=frozen["kind"],
            title=frozen["title"],
            addressee=frozen["addressee"],
            uscc=frozen["uscc"],
            paragraphs=tuple(Paragraph(**paragraph) for paragraph in frozen["paragraphs"]),
            attachments=tuple(frozen["attachments"]),
        )
