"""Long forms in parts: a part has rows, each of which opens and closes, as in a folder of papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from zsbank.base.cases.turns import Text
from zsbank.base.texts import PlainForm


@dataclass(frozen=True)
class FormRow:
    """One row of a part.

    Args:
        anchor: the id of the row on the page.
        said: what identifies it once it is filled in, such as the number of a letter; empty while it is empty.
    """

    anchor: str
    title: Text
    said: str
    fields: Sequence[forms.BoundField]
    is_open: bool

    @property
    def is_wrong(self) -> bool:
        """Whether a field of it is refused."""
        return any(field.errors for field in self.fields)


@dataclass(frozen=True)
class FormPart:
    """A part of a form, with a sentence on what belongs in it.

    Args:
        rows: of one that has only one row, the fields are shown without opening and closing.
        sheet: its Chinese name, where the reader's language has another.
        link: the words and the address of a link to what is needed for it.
    """

    anchor: str
    title: Text
    about: Text
    rows: Sequence[FormRow]
    sheet: str = ""
    link: tuple[Text, str] | None = None

    @property
    def is_single(self) -> bool:
        """Whether it has only one row."""
        return len(self.rows) == 1

    @property
    def filled(self) -> list[FormRow]:
        """The rows that hold something."""
        return [row for row in self.rows if row.said]


class PartedForm(PlainForm):
    """A form whose fields are shown in parts (`components/form_parts.html`); subclasses say which."""

    @property
    def parts(self) -> list[FormPart]:
        """The parts, in the order of the page.

        Raises:
            NotImplementedError: the form does not say them.
        """
        raise NotImplementedError

    @property
    def entered(self) -> list[tuple[FormPart, FormRow]]:
        """The rows that hold something, shown above a refused form."""
        return [(part, row) for part in self.parts for row in part.filled]

    def value_of(self, name: str) -> Any:
        """Return what the form shows in a field, as the person typed it; the files of a file field."""
        bound: Any = self[name]
        return bound.chosen if hasattr(bound, "chosen") else bound.value()
