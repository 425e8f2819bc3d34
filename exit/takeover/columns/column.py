"""What a column is, and the columns that several sheets have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from banks.register import identifiers
from exit.takeover.columns import readers
from exit.takeover.columns.readers import Reader

NOTHING: Callable[[], Any] = lambda: None  # noqa: E731
EMPTY: Callable[[], Any] = str


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    Args:
        title: its title in the workbook.
        field: the field of the row.
        label: its label on the form.
        read: reads a cell that is not blank.
        help: what to write.
        example: an example for the template.
        blank: makes the value of a blank cell; None if the cell may not be blank.
        choices: the words that it may hold, with the values that they stand for.
        labels: the values in the reader's language, for the form.
        is_sometimes_needed: whether some rows have to have it; its help says which.
    """

    title: str
    field: str
    label: str | Promise
    read: Reader
    help: str | Promise
    example: str
    blank: Callable[[], Any] | None = None
    choices: Mapping[str, str] | None = None
    labels: Mapping[str, str | Promise] | None = None
    is_sometimes_needed: bool = False

    @property
    def is_needed(self) -> bool:
        """Whether every row has it."""
        return self.blank is None

    @property
    def is_day(self) -> bool:
        """Whether it holds a date."""
        return self.read is readers.day


def day(
    title: str,
    field: str,
    label: str | Promise,
    words: str | Promise,
    example: str,
    *,
    needed: bool = False,
    sometimes: bool = False,
) -> Column:
    blank = None if needed else NOTHING
    return Column(title, field, label, readers.day, words, example, blank, is_sometimes_needed=sometimes)


def chosen(
    title: str,
    field: str,
    label: str | Promise,
    words: str | Promise,
    values: Mapping[str, str],
    labels: Mapping[str, str | Promise],
) -> Column:
    read = readers.choice(values)
    return Column(title, field, label, read, words, next(iter(values)), choices=values, labels=labels)


def labels_of(kind: type[TextChoices]) -> dict[str, str | Promise]:
    return {str(value): label for value, label in kind.choices}


BANK = "银行统一社会信用代码"
CODE = Column(
    BANK,
    "uscc",
    _("Unified social credit code"),
    readers.code(identifiers.check_uscc),
    _("18 characters, as text; the code of the legal entity. It joins the rows of all sheets."),
    "91442000MADEM00116",
)
PAPER = (
    Column(
        "文号",
        "document_number",
        _("Number of the letter"),
        readers.text(60),
        _("As printed on the letter; 无文号 if it has none."),
        "中人社函〔2024〕12号",
    ),
    day(
        "成文日期",
        "issued_on",
        _("Date of the letter"),
        _("The date printed below the letter."),
        "2024-03-01",
        needed=True,
    ),
    Column(
        "签发人",
        "signer",
        _("Signed by"),
        readers.text(60),
        _("The name on the letter, if there is one."),
        "",
        EMPTY,
    ),
)
