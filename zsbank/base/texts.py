"""Checks of entered text: reject invisible characters, convert full-width characters to half-width."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext as _

HALF_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum()} | {
    0x3000: " "
}


class BadText(ValueError):
    """Entered text that is not accepted; the message says what would be."""


def require_visible(text: str) -> str:
    """Return the text if it has no invisible characters.

    Raises:
        BadText: the text contains control, zero-width, direction or separator characters.
    """
    characters = (character for character in text if character not in "\r\n\t")
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") for character in characters):
        raise BadText(_("The text contains an invisible character. Type it instead of pasting it."))
    return text


def require_one_line(text: str) -> str:
    """Return the text if it has no line breaks: for subjects, headers, file names and lists.

    Raises:
        BadText: the text contains a line break.
    """
    if set("\r\n") & set(text):
        raise BadText(_("Enter this on one line."))
    return text


def half_width(text: str) -> str:
    """Convert full-width letters, digits and spaces to half-width; Chinese punctuation is kept."""
    return text.translate(HALF_WIDTH)


class PlainForm(forms.Form):
    """A form that rejects invisible characters, and line breaks in single-line fields.

    Passwords are not checked.
    """

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
