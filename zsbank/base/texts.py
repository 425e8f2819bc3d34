"""Checks of entered text, numbers and dates: reject invisible characters, read full-width characters as half-width."""

import datetime as dt
import re
import unicodedata
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

WORDS = {
    "invalid_choice": gettext_lazy("“%(value)s” cannot be selected here. Select one of the list."),
    "max_length": gettext_lazy(
        "This has %(show_value)d characters; at most %(limit_value)d are possible. Shorten it."
    ),
    "min_value": gettext_lazy("Enter a number of at least %(limit_value)s."),
    "max_value": gettext_lazy("Enter a number of at most %(limit_value)s."),
    "max_decimal_places": gettext_lazy("Enter at most %(max)s digits after the decimal point."),
}
"""What a field says instead of Django's own words, by the code of the error."""

HALF_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum()} | {
    0x3000: " "
}


DAY = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日|(\d{4})(\d\d)(\d\d)")
"""A date as people type it: always the year first, so that 05/01/2026 is never taken for another day."""


FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "\t", "\r")
"""First characters that a spreadsheet program may take for a formula; those of full or small width where the system's
language is Chinese or Japanese."""

NAMED_BEFORE = 12
"""Characters before an invisible one that the words about it name."""


class BadText(ValueError):
    """Entered text that is not accepted; the message says what would be."""


def require_visible(text: str) -> str:
    """Return the text if it has no invisible characters.

    Raises:
        BadText: the text contains control, zero-width, direction or separator characters.
    """
    place = next((at for at, character in enumerate(text) if _is_unseen(character)), None)
    if place is not None:
        before = text[:place].rsplit("\n", maxsplit=1)[-1][-NAMED_BEFORE:].strip()
        words = (
            _(
                "An invisible character, as copied text often has, follows “%(before)s”. Type this place again."
            )
            if before
            else _(
                "An invisible character, as copied text often has, begins a line. Type its beginning again."
            )
        )
        raise BadText(words % {"before": before})
    return text


def _is_unseen(character: str) -> bool:
    return character not in "\r\n\t" and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def require_one_line(text: str) -> str:
    """Return the text if it has no line breaks: for subjects, headers, file names and lists.

    Raises:
        BadText: the text contains a line break.
    """
    if set("\r\n") & set(text):
        raise BadText(_("Enter this on one line."))
    return text


def with_apostrophe(text: str) -> str:
    """Return a text as a cell of a CSV file that no spreadsheet program takes for a formula."""
    return f"'{text}" if text.lstrip("'").startswith(FORMULA_SIGNS) else text


def half_width(text: str) -> str:
    """Convert full-width letters, digits and spaces to half-width; Chinese punctuation is kept."""
    return text.translate(HALF_WIDTH)


def day_in(text: str) -> dt.date:
    """Return the date in a text such as 2026-01-05, 2026/1/5, 2026年1月5日 or 20260105, of any width.

    Raises:
        BadText: it is written otherwise, or there is no such day.
    """
    found = DAY.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    parts = [int(part) for part in found.groups() if part and part.isdigit()] if found else [0, 0, 0]
    try:
        return dt.date(*parts)
    except ValueError as error:
        words = _("“%(text)s” is not a date. Enter it as year, month and day: 2026-01-05.")
        raise BadText(words % {"text": text[:40]}) from error


def _half_width_number(value: Any) -> Any:
    return unicodedata.normalize("NFKC", value).replace("。", ".") if isinstance(value, str) else value


class TypedDateField(forms.DateField):
    """A date, as people type it."""

    def to_python(self, value: Any) -> dt.date | None:
        """Return the date.

        Raises:
            ValidationError: it is none; the words name what was entered.
        """
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value)
        try:
            return day_in(value)
        except BadText as error:
            raise forms.ValidationError(str(error), code="invalid") from error


class TypedNumberField(forms.IntegerField):
    """A whole number; full-width digits are read like others."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": gettext_lazy("Enter a whole number in digits.")
    }

    def to_python(self, value: Any) -> int | None:
        """Return the number."""
        return super().to_python(_half_width_number(value))


class TypedDecimalField(forms.DecimalField):
    """A number; full-width digits and points are read like others."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": gettext_lazy("Enter a number in digits, such as 88.5.")
    }

    def to_python(self, value: Any) -> Any:
        """Return the number."""
        return super().to_python(_half_width_number(value))


def _words_of_django(field: forms.Field, code: str) -> Any:
    """Return the words that a class of fields has for an error; None if it has none."""
    named = (kind.__dict__.get("default_error_messages", {}) for kind in type(field).__mro__)
    return next((words[code] for words in named if code in words), None)


class PlainEmailField(forms.EmailField):
    """An e-mail address; full-width characters, as Chinese input methods type them, become half-width."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": gettext_lazy("Enter an e-mail address such as name@example.cn.")
    }

    def to_python(self, value: Any) -> str:
        """Return the address in half-width characters."""
        return str(super().to_python(unicodedata.normalize("NFKC", value or "").replace("。", ".")))


def let_type(widget: forms.Widget) -> None:
    """Let a browser take text of any length, of which `maxlength` would cut off what is too much without a word.

    `static/js/lengths.js` says while a person types what the form says when it is sent.
    """
    if "maxlength" in widget.attrs:
        widget.attrs["data-most"] = widget.attrs.pop("maxlength")


class PlainForm(forms.Form):
    """A form that rejects invisible characters, and line breaks in single-line fields.

    Passwords are not checked.
    """

    def __getitem__(self, name: str) -> forms.BoundField:
        """Return a field as pages show it."""
        field = super().__getitem__(name)
        let_type(field.field.widget)
        return field

    def full_clean(self) -> None:
        """Check the form; errors are in our words where a field has no words of its own."""
        for field in self.fields.values():
            for code, words in WORDS.items():
                if field.error_messages.get(code) in (None, _words_of_django(field, code)):
                    field.error_messages[code] = words
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        """Check every text of the form."""
        cleaned = super().clean() or {}
        for name, value in list(cleaned.items()):
            widget = self.fields[name].widget
            text = value if isinstance(value, str) and not isinstance(widget, forms.PasswordInput) else ""
            try:
                require_visible(text)
                if not isinstance(widget, forms.Textarea):
                    require_one_line(text)
            except BadText as error:
                self.add_error(name, str(error))
        return cleaned
