"""Declarations of letters and of the journal."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Count, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zsbank.base.accounts.models import User
from zsbank.base.cases.case import Case
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import SidebarEntry, SidebarGroup
from zsbank.base.cases.registry import case_of
from zsbank.base.cases.search import Search, YearNumber
from zsbank.base.cases.turns import DONE, FAILED, WAITING, Shown, Text
from zsbank.base.cases.work import Waiting
from zsbank.base.journal.models import Entry
from zsbank.base.letters.actions import record_service, retry_letter
from zsbank.base.letters.models import Letter, NumberSeries, Service
from zsbank.base.letters.queries import failed
from zsbank.base.letters.states import LetterState
from zsbank.base.letters.terms import Manner
from zsbank.base.permissions import Verb
from zsbank.site.auditor.forms import ServiceForm
from zsbank.site.auditor.journal_desk import EntryDesk
from zsbank.site.auditor.letters_desk import LetterDesk


def numbers_without_gaps() -> Iterator[str]:
    """Yield marks and years whose letters are not numbered from 1 without gaps.

    Numbers that were skipped after a restore, as the journal says, are no gaps.
    """
    counts = Letter.objects.order_by().values_list("mark", "year").annotate(Count("pk"))
    signed = {(mark, year): count for mark, year, count in counts}
    rows = {series.pk: series for series in NumberSeries.objects.all()}
    given = {(series.mark, series.year): series.last for series in rows.values()}
    skipped = Counter[tuple[str, int]]()
    for pk, numbers in _skipped():
        if pk in rows:
            skipped[rows[pk].mark, rows[pk].year] += len(numbers)
    for mark, year in sorted(signed.keys() | given.keys()):
        letters, last = signed.get((mark, year), 0), given.get((mark, year), 0)
        left_out = skipped[mark, year]
        if letters + left_out != last:
            says = f", {left_out} skipped" if left_out else ""
            yield f"letters {mark}〔{year}〕: {letters} letters{says}, the last number is {last}"


def _skipped() -> QuerySet[Entry, tuple[int, list[int]]]:
    """Return the series and numbers of each entry about skipped numbers."""
    entries = Entry.objects.filter(verb=Verb.SKIP_NUMBERS, subject_type=NumberSeries._meta.label_lower)
    return entries.order_by("pk").values_list("subject_id", "data__numbers")


def numbered(number: YearNumber) -> Q:
    """Return the letters with a year and number; with a mark, only those of the mark."""
    found = Q(year=number.year, number=number.number)
    return found & Q(mark__iendswith=number.mark) if number.mark else found


def _case_of_letter(letter: Letter) -> Iterator[tuple[Text, Model | None]]:
    """Return the case of the letter; if it has no page, the row to which it belongs."""
    model = apps.get_model(letter.case_type)
    row: Any = QuerySet(model).filter(pk=letter.case_id).first()
    kind = case_of(model)
    yield _("Case"), row
    if row is not None and kind is not None and kind.desk is None:
        for related in kind.related:
            yield from related(row)


def _record_service(by: User, letter: Letter, given: dict[str, Any]) -> Service:
    """Run the action with the input of the form."""
    document, manner = given["document"], Manner(given["manner"])
    return record_service(**given | {"manner": manner}, letter=letter, by=by, document_name=document.name)


CASES = (
    Case(
        model=Letter,
        states={
            LetterState.SIGNED: Shown(WAITING, next=_("Its file is being generated")),
            LetterState.FAILED: Shown(FAILED, next=_("Generate the file again")),
            LetterState.ISSUED: Shown(DONE),
        },
        offers=(
            Offer(
                retry_letter,
                _("Generate the file again"),
                (_("The file is generated with the same number, date and text."),),
            ),
            Offer(
                record_service,
                _("Record the service"),
                (
                    _("Day, manner and proof are shown with the letter, at its case, and to the bank."),
                    _(
                        "The days for a statement on a prior notice that reached nobody run from this service."
                    ),
                ),
                form=lambda letter: ServiceForm,
                run=_record_service,
                aside=True,
            ),
        ),
        related=(_case_of_letter,),
        desk=LetterDesk,
        seen_with=Verb.SEE_LETTERS,
        waiting=(
            Waiting(
                retry_letter,
                _("Generate the letter's file again"),
                lambda person: failed(),
                about=lambda letter: letter.error,
                since=lambda letter: letter.issue_date,
                on_action_page=True,
            ),
        ),
        search=Search(names=("title", "addressee"), codes=("uscc",), numbered=numbered),
        sidebar=SidebarEntry(SidebarGroup.REGISTERS, _("Letters"), place=50),
        entries={
            Verb.SIGN_LETTER: _("signed the letter"),
            Verb.ISSUE_LETTER: _("generated the letter's file"),
            Verb.FAIL_LETTER: _("could not generate the letter's file"),
            Verb.RETRY_LETTER: _("requested the letter's file again"),
            Verb.RECORD_SERVICE: _("recorded the service of the letter"),
            Verb.DOWNLOAD_LETTER: _("opened or downloaded the letter"),
            Verb.SKIP_NUMBERS: _("skipped numbers assigned before the restored backup was lost"),
            Verb.SEE_LETTERS: _("viewed the register of letters"),
        },
        labels={"attempts": _("attempts"), "letter": _("letter"), "numbers": _("numbers")},
        fields={Verb.RECORD_SERVICE: Service},
        facts_in_journal={
            Verb.SIGN_LETTER: (
                "kind",
                "mark",
                "year",
                "number",
                "title",
                "addressee",
                "uscc",
                "issue_date",
                "signed_by",
                "case_type",
                "case_id",
                "data",
                "template_version",
            ),
            Verb.ISSUE_LETTER: ("file",),
        },
        checks=(numbers_without_gaps,),
    ),
    Case(
        model=Service,
        facts_in_journal={
            Verb.RECORD_SERVICE: (
                "letter",
                "manner",
                "served_on",
                "effective_on",
                "note",
                "document",
                "by",
                "at",
            )
        },
    ),
    Case(
        model=Entry,
        desk=EntryDesk,
        seen_with=Verb.SEE_JOURNAL,
        sidebar=SidebarEntry(SidebarGroup.BASIS, _("Journal entries"), place=20),
        entries={
            Verb.REFUSE: _("attempted an action that was refused"),
            Verb.SEE_JOURNAL: _("viewed the journal"),
            Verb.RECEIVE_CHECKPOINT: _("received the daily checkpoint of the journal"),
            Verb.EXPORT_JOURNAL: _("exported the journal"),
            Verb.ACCEPT_LOSS: _("accepted what a restored backup lost"),
        },
        labels={"count": _("attempts"), "lost": _("lost"), "verb": _("attempted action")},
    ),
)
