"""Texts as people type and paste them: what cannot be seen is found, what was typed wide is made plain."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext as _

WIDE = {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum()} | {
    0x3000: " "
}


class BadText(ValueError):
    """What was typed does not fit; the message says what would."""


def visible(text: str) -> str:
    """The text itself.

    Raises:
        BadText: control, zero-width, direction or separating characters, which people do not see.
    """
    hidden = (character for character in text if character not in "\r\n\t")
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in hidden):
        raise BadText(_("The text contains an invisible character. Type it instead of pasting it."))
    return text


def one_line(text: str) -> str:
    """The text itself: what goes into subjects, headers, file names and lists stands on one line.

    Raises:
        BadText: there is a line break in it, which no field of one line lets a person type.
    """
    if set("\r\n") & set(text):
        raise BadText(_("Enter this on one line."))
    return text


def half_width(text: str) -> str:
    """Full-width letters, digits and blanks as plain ones; Chinese punctuation stays as it is."""
    return text.translate(WIDE)


class PlainForm(forms.Form):
    """A form in whose texts everything can be seen; what cannot, or a line break in one line, is refused there.

    A password is any text.
    """

    def clean(self) -> dict[str, Any]:
        """Look through every text that was given."""
        cleaned = super().clean() or {}
        for name, value in list(cleaned.items()):
            widget = self.fields[name].widget
            text = value if isinstance(value, str) and not isinstance(widget, forms.PasswordInput) else ""
            try:
                visible(text)
                if not isinstance(widget, forms.Textarea):
                    one_line(text)
            except BadText as error:
                self.add_error(name, str(error))
        return cleaned
