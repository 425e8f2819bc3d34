"""Recognising what a citizen would be known by: ID numbers, bank cards, phone numbers, and names that are called so.

The register holds none of it. Every free text about citizens is checked here, by one rule for forms, lists and actions.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zsbank.base.refusals import ALLOWED, Verdict

PERSONAL = "personal_data"
"""The code of the refusal."""


class Personal(models.TextChoices):
    """Kinds of personal data."""

    ID_NUMBER = "id_number", gettext_lazy("ID number")
    BANK_CARD = "bank_card", gettext_lazy("number of a bank card")
    PHONE = "phone", gettext_lazy("phone number")
    NAME = "name", gettext_lazy("name of a person")


@dataclass(frozen=True)
class Found:
    """A piece of personal data: its kind, and the text as it stands there in half width."""

    kind: Personal
    text: str
    start: int

    def __str__(self) -> str:
        return _("%(kind)s “%(text)s”") % {"kind": self.kind.label, "text": self.text}


RUN = re.compile(r"(?<![0-9A-Za-z])(?:[0-9][ -]?){14,18}[0-9Xx](?![0-9A-Za-z])")
"""A number of 15 to 19 digits, perhaps parted by blanks or hyphens; the last may be an X."""

MOBILE = re.compile(
    r"(?<![0-9A-Za-z])(?P<said>(?:(?:\+|00)?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4})(?![0-9A-Za-z])"
)
LANDLINE = re.compile(
    r"(?<![0-9A-Za-z])(?P<said>\(?0(?:10|2[0-9]|[3-9][0-9]{2})\)?[ -]?[2-8][0-9]{3}[ -]?[0-9]{3,4})(?![0-9A-Za-z])"
)
CALLED_PHONE = re.compile(
    r"(?:电话|座机|手机|联系方式|来电号码|号码)(?:[:：]|为|是)?\s*(?P<said>[2-8][0-9]{6,7})(?![0-9])"
)

PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"
OLD_LENGTH, NEW_LENGTH = 15, 18
"""Digits of an ID number: before 1999, and since."""
CARD_LENGTHS = range(16, 20)

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方邹熊白孟秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃戴莫孔汤温康施洪庞关欧阮简麦冼区"
)
TWO = "欧阳|司徒|上官|司马|诸葛|东方|尉迟|慕容"
GIVEN = "[一-鿿]"
SURNAME = f"(?:{TWO}|[{SURNAMES}])"
PEOPLE = "投诉人|举报人|反映人|来电人|来信人|来访人|联系人|当事人|申请人|参保人|持卡人|市民|群众"
CALLED_PATTERN = (
    rf"(?:(?:{PEOPLE})(?:姓名)?(?:[:：]\s*|叫|名叫|是|为)|(?:姓名|名字|户名)(?:[:：]|是|为)?\s*)"
    rf"(?P<said>{SURNAME}{GIVEN}{{1,2}})(?!{GIVEN}{{2,}})"
)
CALLED = re.compile(CALLED_PATTERN)
"""A name after a word that announces one: 投诉人：张三. A name that is made unknown, such as 张某, is none."""
TELLING_PATTERN = (
    rf"(?:{PEOPLE})(?P<said>{SURNAME}{GIVEN}{{1,2}}?)"
    r"(?=来电|来信|来访|反映|反馈|投诉|表示|称|[，,。；;、（(\s]|$)"
)
TELLING = re.compile(TELLING_PATTERN)
"""A name of whom somebody tells: 市民王小明来电."""
ADDRESSED_PATTERN = (
    rf"(?P<said>(?:{TWO}|(?<![对在至由位])[{SURNAMES}]){GIVEN}{{0,2}}?"
    r"(?:先生|女士|小姐|阿姨|大爷|大妈|老伯|婆婆))"
)
ADDRESSED = re.compile(ADDRESSED_PATTERN)
"""A name with the way in which a person is addressed: 张先生, 李小红女士."""
UNKNOWN = re.compile("[某×xX*＊]")
NO_GIVEN_NAME = re.compile("[的了在和与及向对把被说称到去来为是有这那该此一两每各多位名不便吗何]")


def personal_data_in(text: str, public: Iterable[str] = ()) -> list[Found]:
    """Return the personal data in a text, in the order of the text; at most one for a place.

    Args:
        public: numbers that are no citizen's, such as the hotline's, or phone and codes of an outlet.
    """
    plain = unicodedata.normalize("NFKC", text)
    known = {_digits(one) for one in public} - {""}
    found: list[Found] = []
    for one in sorted(_all_in(plain), key=lambda one: (one.start, -len(one.text))):
        free = not found or one.start >= found[-1].start + len(found[-1].text)
        if free and (one.kind is Personal.NAME or _digits(one.text) not in known):
            found.append(one)
    return found


def has_no_personal_data(text: str, public: Iterable[str] = ()) -> Verdict:
    """Check that a text has no personal data; the reason names what was found.

    Args:
        public: as for `personal_data_in`.
    """
    found = personal_data_in(text, public)
    return Verdict.no(PERSONAL, in_words(found)) if found else ALLOWED


def in_words(found: Iterable[Found]) -> str:
    """Return the refusal that names what was found."""
    words = _("The register holds no personal data of citizens. Leave out: %(found)s.")
    return words % {"found": "、".join(map(str, found))}


def _all_in(text: str) -> Iterator[Found]:
    for match in RUN.finditer(text):
        digits = _digits(match[0])
        kind = next((kind for kind, holds in NUMBERS if holds(digits)), None)
        if kind is not None:
            yield Found(kind, match[0], match.start())
    for pattern in (MOBILE, LANDLINE, CALLED_PHONE):
        for match in pattern.finditer(text):
            yield Found(Personal.PHONE, match["said"], match.start("said"))
    for pattern in (CALLED, TELLING, ADDRESSED):
        for match in filter(_is_name, pattern.finditer(text)):
            yield Found(Personal.NAME, match["said"], match.start("said"))


def _is_name(match: re.Match[str]) -> bool:
    """Return whether what stands at the place of a name is one, and not made unknown."""
    return not UNKNOWN.search(match["said"]) and not NO_GIVEN_NAME.search(match["said"][1:])


def _digits(text: str) -> str:
    """Return digits and letters alone, in capitals."""
    return re.sub(r"[^0-9A-Za-z]", "", unicodedata.normalize("NFKC", text)).upper()


def _is_id_number(digits: str) -> bool:
    """Return whether 15 or 18 characters are a resident's ID number: province, day of birth, check character."""
    if not PROVINCE.match(digits):
        return False
    if len(digits) == OLD_LENGTH:
        return digits.isdigit() and _is_day(f"19{digits[6:12]}")
    if len(digits) != NEW_LENGTH or not digits[:17].isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=False))
    return _is_day(digits[6:14]) and CHECK_CHARACTERS[total % 11] == digits[17]


def _is_day(digits: str) -> bool:
    try:
        day = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return day.year >= FIRST_YEAR


FIRST_YEAR = 1880
"""Nobody who was born before is a citizen of today."""


def _is_bank_card(digits: str) -> bool:
    """Return whether 16 to 19 digits are the number of a card of China UnionPay, by prefix and check digit."""
    if len(digits) not in CARD_LENGTHS or not digits.isdigit() or not digits.startswith("62"):
        return False
    doubled = [int(one) * (1 + place % 2) for place, one in enumerate(reversed(digits))]
    return sum(one // 10 + one % 10 for one in doubled) % 10 == 0


NUMBERS: tuple[tuple[Personal, Callable[[str], bool]], ...] = (
    (Personal.ID_NUMBER, _is_id_number),
    (Personal.BANK_CARD, _is_bank_card),
)
