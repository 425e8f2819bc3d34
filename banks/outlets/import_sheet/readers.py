"""One cell of a list of outlets: what it says of its field, or why it is not taken."""

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from banks.outlets.data import CHECKED, WITHOUT_ZERO, plain
from banks.outlets.names import folded
from banks.outlets.spreadsheet.cells import Cell, Kind
from banks.outlets.terms import EMPTY_MARKS, LONGEST, MOST, TOWNS, CardService
from banks.register import identifiers
from zsbank.base.texts import BadText, one_line, visible

CODES = frozenset({"uscc", "license_institution_code"})
NEEDED = frozenset({"name", "town", "address"})
WHOLE = re.compile(r"[0-9]{1,6}")
BETWEEN = re.compile(r"[、,，;；/／|·()（）\s]+|[和及与]")
AND_SO_ON = re.compile(r"等?(社保卡)?(相关)?(业务|服务)?$")
SCIENTIFIC = re.compile(r"[+-]?[0-9](\.[0-9]+)?[Ee][+-][0-9]{1,3}")
ROUNDED = re.compile(r"[0-9]{15}000")
DAY = re.compile(
    r"[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?([ T][0-9:]+)?|[0-9]{1,2}月[0-9]{1,2}日|[0-9]{1,2}-[A-Z][a-z]{2}"
    r"|[A-Z][a-z]{2}-[0-9]{2}|[0-9]{4}年[0-9]{1,2}月|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}"
)
ONLY_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")
WHOLE_PHONE = re.compile(r"1[0-9]{10}|[48]00[0-9]{7}|[2-9][0-9]{7}|[19][0-9]{4,5}")
YES = frozenset("是 有 1 √ ✓ ✔ y yes true 对 开放 已开放 开办 已开办 办理 可办理".split())
NO = frozenset("否 无 0 × ✗ ✘ x n no false 不 未开放 不开放 未开办 不开办 未办理 不办理".split())
ALL = frozenset("全部 所有 全部服务 所有服务 全部业务 所有业务 全部开办 全部办理 均可办理 以上全部".split())
CALLED: dict[CardService, str] = {
    CardService.APPLY: "申请 申领 申办 办卡 开卡 新办 申请办卡 制卡申请 申请业务",
    CardService.COLLECT: "领卡 领取 领取卡 领取社保卡 发卡 发放",
    CardService.ACTIVATE: "激活 启用 卡激活 社保卡激活 激活启用",
    CardService.LOSS: "挂失解挂 解挂挂失 挂失解除",
    CardService.PASSWORD: "密码 密码维护 密码服务 密码管理 密码重置 重置密码 密码修改 修改密码 密码修改重置",
    CardService.REPLACEMENT: "补换卡 补卡换卡 换补卡 补换 更换 补办换卡",
    CardService.CANCELLATION: "注销 销卡 注销卡 社保卡注销 销户",
}
HALVES: dict[CardService, tuple[str, str]] = {
    CardService.LOSS: ("挂失", "解挂"),
    CardService.REPLACEMENT: ("补卡", "换卡"),
}
"""Services that are two things in one: only both together are the service."""


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
    text = plain(one_line(visible(cell.text)))
    check_not_changed(name, cell.kind, text)
    if text in EMPTY_MARKS and not (name == "open_for_card_business" and text in NO):
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


def check_not_changed(name: str, kind: Kind, text: str) -> None:
    """Refuse what a spreadsheet program made of what was typed; that it would fit by chance does not save it.

    Raises:
        BadText: the reason says what the program did, and the way out.
    """
    way_out = _("Format the column as text, then type it again.")
    if kind is Kind.DATE or DAY.fullmatch(text):
        raise BadText(_("The spreadsheet program made a date of what was typed.") + " " + way_out)
    if SCIENTIFIC.fullmatch(text):
        raise BadText(_("The spreadsheet program wrote the number short and lost digits.") + " " + way_out)
    if name in CODES and kind is Kind.NUMBER:
        raise BadText(
            _("The spreadsheet program made a number of the code and kept 15 digits.") + " " + way_out
        )
    if name in CODES and ROUNDED.fullmatch(identifiers.normalise(text)):
        raise BadText(
            _("The code ends in 000, as when a spreadsheet program kept 15 of its 18 digits.")
            + " "
            + way_out
            + " "
            + _("If the business licence does end so, enter the code on the outlet's own page.")
        )
    if name == "phone" and WITHOUT_ZERO.fullmatch(text):
        raise BadText(_("The spreadsheet program dropped the 0 at the beginning.") + " " + way_out)
    if name == "phone" and kind is Kind.NUMBER and WHOLE_PHONE.fullmatch(text):
        return
    if name not in MOST and name != "open_for_card_business" and kind in (Kind.NUMBER, Kind.BOOL):
        raise BadText(_("The spreadsheet program made a number of what was typed.") + " " + way_out)
    if name == "opening_hours" and ONLY_NUMBER.fullmatch(text):
        raise BadText(_("The spreadsheet program made a number of a time.") + " " + way_out)


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
    if word in YES:
        return True
    if word in NO:
        return False
    raise BadText(_("Write 是 or 否."))


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
    if folded(text) in ALL:
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
            _("Not a service: %(words)s. Services are %(names)s.")
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
