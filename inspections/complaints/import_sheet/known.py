"""What cells of a list may name: banks, outlets and kinds of complaint, read once for all rows."""

import datetime as dt
import re
from collections.abc import Iterable
from difflib import get_close_matches

from django.db.models import Min
from django.utils.translation import gettext as _

from admission.editions.models import Criterion, PolicyEdition
from banks.outlets.models import Outlet
from banks.outlets.names import name_key
from banks.register.models import Bank
from inspections.complaints.columns import KINDS, OTHERS
from inspections.complaints.rules import is_a_kind
from inspections.complaints.terms import OTHER_KIND
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import in_words
from zsbank.base.texts import BadText

COMPANY = re.compile("股份有限公司|有限责任公司|有限公司")
NUMBER = re.compile(r"(?:第|准入)?([0-9]{1,2})(?:条|项|[.．、].*)?")
NAMED = 5
"""So many outlets are named where none is meant."""


def _keys(name: str) -> set[str]:
    """Return the keys of a name, with and without the words for the kind of company."""
    key = name_key(name)
    return {key, COMPANY.sub("", key)} - {""}


class Banks:
    """The banks that are or were qualified, by the names and codes under which a list may have them."""

    def __init__(self) -> None:
        """Read them: one query."""
        rows = Bank.objects.annotate(since=Min("qualifications__effective_from")).exclude(since=None)
        self._by_key: dict[str, list[Bank]] = {}
        self._since: dict[int, dt.date] = {}
        for bank in rows:
            self._since[bank.pk] = bank.since
            names = [bank.name, *bank.former_names.splitlines()]
            for key in {*(key for name in names for key in _keys(name)), *map(name_key, bank.codes)}:
                self._by_key.setdefault(key, []).append(bank)

    def named(self, text: str) -> Bank:
        """Return the bank that a cell means.

        Raises:
            BadText: none or several have this name.
        """
        found = {bank.pk: bank for key in _keys(text) for bank in self._by_key.get(key, ())}
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            raise BadText(_("Several banks have this name. Write the unified social credit code instead."))
        names = {bank.name for banks in self._by_key.values() for bank in banks}
        near = get_close_matches(text, names, n=1)
        if near:
            raise BadText(_("No qualified bank has this name. Is it %(bank)s?") % {"bank": near[0]})
        raise BadText(_("No qualified bank has this name or code."))

    def check_day(self, bank: Bank, day: dt.date) -> None:
        """Check that a complaint can have come in on a day (local date).

        Raises:
            BadText: it is ahead, or before the bank was first qualified.
        """
        if day > clock.today():
            raise BadText(_("The day lies ahead: nothing can have been received yet."))
        if day < self._since[bank.pk]:
            words = _("%(bank)s was not qualified on %(day)s.")
            raise BadText(words % {"bank": bank, "day": in_words(day)})


class Outlets:
    """The outlets of some banks, by name and codes."""

    def __init__(self, banks: Iterable[Bank]) -> None:
        """Read them: one query."""
        self._of: dict[int, list[Outlet]] = {}
        for outlet in Outlet.objects.filter(bank__in={bank.pk for bank in banks}):
            self._of.setdefault(outlet.bank_id, []).append(outlet)

    def named(self, text: str, bank: Bank) -> Outlet:
        """Return the outlet of a bank that a text means: by name, by code, or by the part of the name that is its own.

        Raises:
            BadText: none or several are meant.
        """
        key, rows = name_key(text), self._of.get(bank.pk, [])
        exact = [one for one in rows if key in (one.name_key, *map(name_key, _codes(one)))]
        found = exact or [one for one in rows if one.name_key.endswith(key) or key.endswith(one.name_key)]
        if len(found) == 1:
            return found[0]
        if found:
            words = _("Several outlets of the bank end so: %(names)s. Write the whole name.")
            raise BadText(words % {"names": "、".join(one.name for one in found[:NAMED])})
        near = get_close_matches(text, [one.name for one in rows], n=1, cutoff=0.5)
        if near:
            raise BadText(_("The bank has no such outlet. Is it %(outlet)s?") % {"outlet": near[0]})
        raise BadText(_("The bank has no such outlet. Leave it blank if it concerns the bank as a whole."))


def _codes(outlet: Outlet) -> list[str]:
    return [code for code in (outlet.uscc, outlet.license_institution_code) if code]


class Kinds:
    """The kinds of complaint of each edition."""

    def __init__(self) -> None:
        """Read them: two queries."""
        editions = PolicyEdition.objects.published().order_by("-valid_from").prefetch_related("criteria")
        self._editions = [
            (edition, [one for one in edition.criteria.all() if is_a_kind(one)]) for edition in editions
        ]

    def named(self, text: str, day: dt.date) -> str | None:
        """Return the code of the kind that a cell means on a day; None if its words are unknown.

        A kind is known by the number or the title of its criterion, or by words of hotlines in it.
        """
        key = name_key(text)
        if key in OTHERS:
            return OTHER_KIND
        offered = self._on(day)
        number = NUMBER.fullmatch(key)
        if number:
            return next((one.slug for one in offered if one.number == int(number[1])), None)
        by_title = next((one.slug for one in offered if name_key(one.title_zh) in key), None)
        slugs = {one.slug for one in offered}
        by_word = (
            slug for slug, words in KINDS.items() if slug in slugs and any(w in key for w in words.split())
        )
        return by_title or next(by_word, None)

    def name_of(self, kind: str, day: dt.date) -> str:
        """Return number and title of a kind on a day."""
        named = (one.named for one in self._on(day) if one.slug == kind)
        return next(named, _("Another matter"))

    def _on(self, day: dt.date) -> list[Criterion]:
        """Return the kinds of the edition in force on a day, as `rules.edition_on` chooses it."""
        today = clock.today()
        dated = [(edition.valid_from, kinds) for edition, kinds in self._editions]
        for last in (day, today):
            for valid_from, kinds in dated:
                if valid_from is not None and valid_from <= last:
                    return kinds
        return []
