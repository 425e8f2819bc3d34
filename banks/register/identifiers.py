"""Identifiers of legal persons: the unified social credit code and the financial licence's institution code."""

import re
import unicodedata

from django.utils.translation import gettext as _
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as NumberError

from zsbank.base.refusals import ALLOWED, Verdict

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
LICENCE = re.compile(r"[A-Z][0-9]{4}[A-Z][0-9][0-9]{4}[0-9]{4}")
ZHONGSHAN = "4420"


def normalise(code: str) -> str:
    """Return a code as stored: ASCII, upper case, without blanks."""
    return "".join(unicodedata.normalize("NFKC", code).split()).upper()


def check_uscc(code: str) -> Verdict:
    """Check a normalised unified social credit code (GB 32100-2015): alphabet, length and both check characters."""
    if len(code) != 18 or any(character not in ALPHABET for character in code):
        return Verdict.no(
            "uscc_form",
            _(
                "A unified social credit code has 18 characters: digits and capital letters other "
                "than I, O, S, V and Z."
            ),
        )
    try:
        uscc.validate(code)
    except NumberError:
        return Verdict.no(
            "uscc_check",
            _("The last character does not match the code. Compare it with the business licence."),
        )
    if code[16] != _organisation_check(code[8:16]):
        return Verdict.no(
            "uscc_organisation",
            _(
                "The 17th character does not match the organisation code. Compare it with the "
                "business licence."
            ),
        )
    return ALLOWED


def _organisation_check(body: str) -> str:
    """Check character of the organisation code (GB 11714): 11 − Σ mod 11, where 10 is X and 11 is 0."""
    values = (int(character, 36) for character in body)
    rest = 11 - sum(weight * value for weight, value in zip(ORGANISATION_WEIGHTS, values, strict=True)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


def with_check_characters(start: str) -> str:
    """The code that begins with these 16 characters: the organisation's check character and the last one added."""
    organisation = start + _organisation_check(start[8:])
    return organisation + str(uscc.calc_check_digit(organisation))


def check_licence(code: str) -> Verdict:
    """Check a normalised institution code of a financial licence: 15 characters in six parts, no check digit."""
    if LICENCE.fullmatch(code) is None:
        return Verdict.no(
            "licence_form",
            _(
                "An institution code has 15 characters, such as B0001S244200001: letters in "
                "positions 1 and 6, digits elsewhere."
            ),
        )
    return ALLOWED


def check_licence_in_zhongshan(code: str) -> Verdict:
    """Check the institution code of an outlet in Zhongshan: characters 8 to 11 are 4420."""
    verdict = check_licence(code)
    if verdict and code[7:11] != ZHONGSHAN:
        return Verdict.no(
            "licence_area", _("For Zhongshan, characters 8 to 11 of the institution code must be 4420.")
        )
    return verdict
