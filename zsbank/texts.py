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
        BadText: control, zero-width or direction characters, which people do not see.
    """
    hidden = (character for character in text if character not in "\r\n\t")
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in hidden):
        raise BadText(_("There is an invisible character in the text. Type it again instead of pasting."))
    return text


def half_width(text: str) -> str:
    """Full-width letters, digits and blanks as plain ones; Chinese punctuation stays as it is."""
    return text.translate(WIDE)


class PlainForm(forms.Form):
    """A form in whose texts everything can be seen; what cannot is refused at its field. A password is any text."""

    def clean(self) -> dict[str, Any]:
        """Look through every text that was given."""
        cleaned = super().clean() or {}
        for name, value in list(cleaned.items()):
            is_text = isinstance(value, str) and not isinstance(self.fields[name].widget, forms.PasswordInput)
            try:
                visible(value if is_text else "")
            except BadText as error:
                self.add_error(name, str(error))
        return cleaned
