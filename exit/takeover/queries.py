"""Reading takeovers: those that wait, and the scans of their letters."""

from dataclasses import dataclass
from pathlib import PurePath

from django.db.models import QuerySet

from banks.papers.terms import SCAN_REQUIRED, PaperKind
from exit.takeover.columns.sheets import is_without_number
from exit.takeover.data import Paper
from exit.takeover.models import Takeover
from exit.takeover.states import TakeoverState
from exit.takeover.terms import SHEETS, Part
from zsbank.base.accounts.models import User
from zsbank.base.cases.folding import folded
from zsbank.base.files.models import StoredFile

KIND_OF_PART: dict[Part, PaperKind] = {
    Part.QUALIFICATIONS: PaperKind.QUALIFICATION,
    Part.ORDERS: PaperKind.ORDER,
    Part.RESULTS: PaperKind.RESULT,
    Part.EXITS: PaperKind.EXIT,
    Part.NOTICES: PaperKind.PRIOR_NOTICE,
}


@dataclass(frozen=True)
class LetterOfRow:
    """A letter of a takeover: the row that rests on it, and its scan."""

    row: Paper
    bank: str
    scan: StoredFile | None

    @property
    def key(self) -> str:
        """Part and row, by which a form names it."""
        return f"{self.row.part.value}-{self.row.number}"

    @property
    def kind(self) -> PaperKind:
        """What it is about."""
        return KIND_OF_PART[self.row.part]

    @property
    def lacks_scan(self) -> bool:
        """Whether the takeover cannot be confirmed without its scan."""
        return self.scan is None and self.kind in SCAN_REQUIRED

    def is_named(self, file_name: str) -> bool:
        """Return whether a file is named after the number of the letter, however brackets and blanks are written."""
        if is_without_number(self.row.document_number):
            return False
        return folded(self.row.document_number) == folded(PurePath(file_name).stem)

    def __str__(self) -> str:
        where = f"{SHEETS[self.row.part]} {self.row.number}"
        return f"{self.row.document_number} · {self.bank} · {where}"


def letters_of(takeover: Takeover) -> list[LetterOfRow]:
    """Return the letters of a takeover with their latest scans; two queries."""
    rows = takeover.typed
    names = {row.uscc: row.name for row in rows.banks}
    scans = takeover.scans.select_related("file").order_by("pk")
    latest = {(scan.part, scan.number_in_sheet): scan.file for scan in scans}
    return [
        LetterOfRow(row, names.get(row.uscc, row.uscc), latest.get((row.part.value, row.number)))
        for row in rows.papers()
    ]


def to_be_confirmed_by(person: User) -> QuerySet[Takeover]:
    """Return the takeovers that this person may confirm, oldest first."""
    rows = Takeover.objects.filter(state=TakeoverState.ENTERED).exclude(entered_by=person)
    return rows.exclude(scans__file__by=person).order_by("pk")


def confirmed() -> QuerySet[Takeover]:
    """Return the confirmed takeovers."""
    found: QuerySet[Takeover] = Takeover.objects.filter(state=TakeoverState.CONFIRMED)
    return found
