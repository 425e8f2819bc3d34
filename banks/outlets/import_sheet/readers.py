"""One cell of a list of outlets: what it says of its field, or why it is not taken."""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from banks.outlets.data import CHECKED, plain
from banks.outlets.import_sheet.changed import CODES, check_not_changed
from banks.outlets.import_sheet.words import ALL, CALLED, HALVES, NO, YES
from banks.outlets.names import folded
from banks.outlets.spreadsheet.cells import Cell, Kind
from banks.outlets.terms import EMPTY_MARKS, LONGEST, MOST, TOWNS, CardService
from banks.register import identifiers
from zsbank.base.texts import BadText, require_visible

NEEDED = frozenset({"name", "town", "address"})
WHOLE = re.compile(r"[0-9]{1,6}")
BETWEEN = re.compile(r"[、,，;；/／|·()（）\s]+|[和及与]")
AND_SO_ON = re.compile(r"等?(社保卡)?(相关)?(业务|服务)?$")


def service_names() -> dict[str, str]:
    """The services by the Chinese words that stand in the template."""
    with override("zh-hans"):
        return {str(service.label): service.value for service in CardService}


def read_cell(name: str, cell: Cell) -> Any:
    """What a cell that is not blank says of a field, as an outlet keeps it.

    Raises:
        BadText: it is not taken; the reason says what would be, or what the spreadsheet program did to it.
    """
    if cell.kind is Kind.FORMULA:
        raise BadText(_("This is a formula. Paste it as a value, so that what you see is what is saved."))
    if cell.kind is Kind.ERROR:
        raise BadText(_("The spreadsheet program shows an error here. Type the value again."))
    text = plain(require_visible(cell.text))
    check_not_changed(name, cell.kind, text)
    if text in EMPTY_MARKS and not (name == "open_for_card_business" and text in NO.split()):
        return cleared(name)
    return READERS[name](text)


def cleared(name: str) -> Any:
    """What an outlet keeps of a field where there is nothing.

    Raises:
        BadText: there has to be something.
    """
    if name in NEEDED or name == "open_for_card_business":
        raise BadText(
            _("This cannot be cleared. Write what is right, or leave the cell blank to keep what is stored.")
        )
    if name in MOST:
        return 0
    return [] if name == "services" else ""


def _text(name: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        most = LONGEST[name]
        if len(text) > most:
            raise BadText(_("At most %(n)s characters; here are %(m)s.") % {"n": most, "m": len(text)})
        return text

    return read


def _checked(name: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        code = identifiers.normalise(text) if name in CODES else text
        verdict = CHECKED[name](code)
        if not verdict:
            raise BadText(verdict.why_not)
        return code

    return read


def _number(name: str) -> Callable[[str], int]:
    def read(text: str) -> int:
        if WHOLE.fullmatch(text) is None or int(text) > MOST[name]:
            raise BadText(_("Write a whole number from 0 to %(most)s.") % {"most": MOST[name]})
        return int(text)

    return read


def _yes_or_no(text: str) -> bool:
    word = folded(text)
    if word in YES.split():
        return True
    if word in NO.split():
        return False
    raise BadText(_("Enter 是 or 否."))


def _town(text: str) -> str:
    town = text.removeprefix("广东省").removeprefix("中山市")
    if town in TOWNS:
        return town
    stem = town.rstrip("区镇街道")
    near = [one for one in TOWNS if stem and one.startswith(stem)][:1] or get_close_matches(town, TOWNS, n=1)
    if near:
        raise BadText(_("There is no such town. Is it %(town)s?") % {"town": near[0]})
    raise BadText(_("There is no such town. Towns are %(towns)s.") % {"towns": "、".join(TOWNS)})


def _services(text: str) -> list[str]:
    names = service_names()
    if folded(text) in ALL.split():
        return list(names.values())
    known = {folded(label): value for label, value in names.items()}
    known |= {word: service.value for service, called in CALLED.items() for word in called.split()}
    said = [folded(word) for word in BETWEEN.split(text) if word]
    words = [word if word in known else AND_SO_ON.sub("", word) for word in said]
    found = {known[word] for word in words if word in known}
    rest = {word for word in words if word and word not in known}
    found |= _of_halves(rest, found, {value: label for label, value in names.items()})
    if rest:
        raise BadText(
            _("Unknown services: %(words)s. Available services: %(names)s.")
            % {"words": "、".join(sorted(rest, key=words.index)), "names": "、".join(names)}
        )
    return [value for value in names.values() if value in found]


def _of_halves(rest: set[str], found: set[str], labels: Mapping[str, str]) -> set[str]:
    """The services both halves of which are named; the halves are taken out of the rest.

    Raises:
        BadText: one half of a service is named alone.
    """
    whole = set()
    for service, halves in HALVES.items():
        named = rest & set(halves)
        if named and named != set(halves) and service.value not in found:
            raise BadText(
                _("%(half)s alone is half of a service. Write %(whole)s where both are offered.")
                % {"half": "、".join(named), "whole": labels[service.value]}
            )
        if named:
            whole.add(service.value)
        rest -= named
    return whole


READERS: dict[str, Callable[[str], Any]] = {
    "name": _text("name"),
    "town": _town,
    "address": _text("address"),
    "uscc": _checked("uscc"),
    "license_institution_code": _checked("license_institution_code"),
    "open_for_card_business": _yes_or_no,
    "windows": _number("windows"),
    "trained_staff": _number("trained_staff"),
    "opening_hours": _text("opening_hours"),
    "services": _services,
    "phone": _checked("phone"),
}
