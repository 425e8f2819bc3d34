"""Reading outlets from spreadsheet rows: columns, errors, and notes on what was normalised."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from banks.outlets.data import normalised, outlet_faults
from banks.outlets.entry import OutletForm
from banks.outlets.spreadsheet import SheetRow
from banks.outlets.terms import CardService
from banks.register import identifiers
from zsbank.base.refusals import FileRefused
from zsbank.base.texts import BadText, half_width, require_visible

COLUMNS: dict[str, str] = {
    "名称": "name",
    "镇街": "town",
    "地址": "address",
    "统一社会信用代码": "uscc",
    "金融许可证机构编码": "license_institution_code",
    "开放办理社保卡业务": "open_for_card_business",
    "社保卡受理窗口数": "windows",
    "熟练人员": "trained_staff",
    "公告服务时间": "opening_hours",
    "提供的服务": "services",
}
TITLES = {name: title for title, name in COLUMNS.items()}
CODES = frozenset({"uscc", "license_institution_code"})
NUMBERS = frozenset({"windows", "trained_staff"})
WHOLE = re.compile(r"[0-9]{1,6}")
BETWEEN = re.compile(r"[、,，;；\s]+")
YES, NO, ALL = frozenset({"是", "有", "1"}), frozenset({"否", "无", "0"}), "全部"


@dataclass
class OutletRow:
    """One outlet of the sheet: row number, data, errors by column, and notes on normalised cells."""

    number: int
    data: dict[str, Any]
    errors: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Return the row as stored for the preview."""
        return asdict(self)


def service_names() -> dict[str, str]:
    """Map the Chinese names of services in the sheet to their values."""
    with override("zh-hans"):
        return {str(service.label): service.value for service in CardService}


def read_outlets(rows: Sequence[SheetRow]) -> list[OutletRow]:
    """Read and validate the rows of a sheet; a repeated name is an error.

    Raises:
        FileRefused: a column is missing, unknown or repeated, or there are no rows.
    """
    header = _header(rows[0].cells if rows else ())
    found = [_outlet(row, header) for row in rows[1:]]
    if not found:
        raise FileRefused(_("There are no outlets below the header row."), "no_rows")
    first: dict[str, int] = {}
    for row in found:
        name = row.data.get("name", "")
        if name and name in first:
            row.errors["名称"] = _("Row %(n)s has the same name.") % {"n": first[name]}
        first.setdefault(name, row.number)
    return found


def _header(cells: Iterable[str]) -> list[str]:
    titles = [half_width(cell).strip() for cell in cells]
    while titles and not titles[-1]:
        titles.pop()
    missing = [title for title in COLUMNS if title not in titles]
    unknown = [title or _("(empty)") for title in titles if title not in COLUMNS]
    twice = sorted({title for title in titles if titles.count(title) > 1})
    for words, wrong in (
        (_("These columns are missing: %(titles)s. Use the template."), missing),
        (_("These columns are unknown: %(titles)s. Use the template."), unknown),
        (_("These columns are duplicated: %(titles)s. Use the template."), twice),
    ):
        if wrong:
            raise FileRefused(words % {"titles": "、".join(wrong)}, "columns")
    return [COLUMNS[title] for title in titles]


def _outlet(row: SheetRow, header: list[str]) -> OutletRow:
    """Read a row cell by cell, then validate it with the form and the rules of codes."""
    outlet = OutletRow(row.number, {})
    cells = dict(zip(header, [*row.cells, *[""] * len(header)], strict=False))
    given: dict[str, Any] = {}
    for name in COLUMNS.values():
        try:
            plain = _plain(name, require_visible(cells.get(name, "")), outlet)
            given[name] = _READERS.get(name, _as_it_is)(plain)
        except BadText as error:
            outlet.errors[TITLES[name]] = str(error)
            given[name] = ""
    form = OutletForm(given)
    if form.is_valid():
        data = normalised(form.data_of_outlet())
        outlet.data = asdict(data)
        outlet.errors |= {TITLES[name]: verdict.why_not for name, verdict in outlet_faults(data).items()}
    else:
        outlet.data = {"name": given["name"], "town": given["town"], "address": given["address"]}
        for name, errors in form.errors.items():
            outlet.errors.setdefault(TITLES[name], " ".join(map(str, errors)))
    return outlet


def _plain(name: str, text: str, outlet: OutletRow) -> str:
    """Normalise a cell and note each change."""
    narrow = half_width(text)
    shown = {"column": TITLES[name]}
    if narrow != text:
        outlet.notes.append(_("%(column)s: full-width characters converted to half-width") % shown)
    trimmed = " ".join(narrow.split())
    if trimmed != narrow:
        outlet.notes.append(_("%(column)s: extra spaces removed") % shown)
    if name not in CODES:
        return trimmed
    code = identifiers.normalise(trimmed)
    if code != trimmed:
        outlet.notes.append(_("%(column)s: spaces removed and letters capitalised") % shown)
    return code


def _as_it_is(text: str) -> str:
    return text


def _number(text: str) -> str:
    if WHOLE.fullmatch(text) is None:
        raise BadText(_("Enter a whole number, 0 or more."))
    return text


def _yes_or_no(text: str) -> bool:
    if text in YES:
        return True
    if text in NO:
        return False
    raise BadText(_("Enter 是 or 否."))


def _services(text: str) -> list[str]:
    names = service_names()
    words = [word for word in BETWEEN.split(text) if word]
    if words == [ALL]:
        return list(names.values())
    unknown = [word for word in words if word not in names]
    if unknown:
        raise BadText(
            _("Unknown services: %(words)s. Available services: %(names)s.")
            % {"words": "、".join(unknown), "names": "、".join(names)}
        )
    return [names[word] for word in words]


_READERS: dict[str, Callable[[str], Any]] = {
    "windows": _number,
    "trained_staff": _number,
    "open_for_card_business": _yes_or_no,
    "services": _services,
}
