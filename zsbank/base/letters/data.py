"""What a letter says, as typed data: apps write it, the templates only set it in type."""

import datetime as dt
import re
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

Level = Literal[0, 1, 2, 3]


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the body. Level 0 is running text; 1 is 一、, 2 is （一）, 3 is 1. as GB/T 9704 sets them."""

    text: str
    level: Level = 0


@dataclass(frozen=True)
class LetterData:
    """All that a letter says, in official Chinese.

    Args:
        kind: the code of its kind.
        title: without the organ's name before it, e.g. 关于同意…的函.
        addressee: whom it is addressed to, without the colon.
        uscc: the addressee's unified social credit code; not printed, it files the letter.
        paragraphs: the body, in order.
        attachments: names of what is attached, without numbers.
    """

    kind: str
    title: str
    addressee: str
    uscc: str
    paragraphs: tuple[Paragraph, ...]
    attachments: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """What is frozen in the letter's row."""
        return asdict(self)

    @classmethod
    def from_json(cls, frozen: dict[str, Any]) -> Self:
        """The data as it was when the letter was signed."""
        return cls(
            kind=frozen["kind"],
            title=frozen["title"],
            addressee=frozen["addressee"],
            uscc=frozen["uscc"],
            paragraphs=tuple(Paragraph(**paragraph) for paragraph in frozen["paragraphs"]),
            attachments=tuple(frozen["attachments"]),
        )


ISO_DAY = re.compile(r" ?([0-9]{4}-[0-9]{2}-[0-9]{2}) ?")


def with_chinese_dates(text: str) -> str:
    """A text whose ISO days are written as letters write them."""
    return ISO_DAY.sub(lambda found: chinese_date(dt.date.fromisoformat(found[1])), text)


def chinese_date(day: dt.date) -> str:
    """A date as letters write it: 2026年1月5日, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def until(day: dt.date) -> str:
    """By when something has to be done, as letters write it: 2026年1月5日（含当日）前."""
    return f"{chinese_date(day)}（含当日）前"
