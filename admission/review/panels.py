"""The review page's content for each criterion: all of a case at once, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from admission.applications.documents import commitments_with_revisions
from admission.applications.models import Answer, Application, Evidence, ServiceCommitment
from admission.applications.queries import TaskList, shown_fact
from admission.editions.models import Criterion
from admission.editions.terms import CONTACTS
from admission.review.models import Finding, Note, Opinion, Remark, SiteVisit
from admission.review.queries import ReviewTask, earlier_findings
from admission.review.rules import to_ask_about
from zsbank.base.accounts.models import User
from zsbank.base.files.formats import FileKind
from zsbank.base.files.models import StoredFile
from zsbank.base.pages.contacts import shown_to
from zsbank.base.pages.file_response import INLINE_KINDS

PICTURES = frozenset({FileKind.JPEG, FileKind.PNG})
AT_PAGE_WIDTH = "#view=FitH&navpanes=0&pagemode=none"
"""How a browser's PDF viewer opens a file: at the width of its pane, without thumbnails."""


@dataclass(frozen=True)
class ShownFile:
    """A file as the review page shows it.

    Args:
        address: the URL of its content.
        in_page: whether the browser can show it in the page.
    """

    file: StoredFile
    address: str
    in_page: bool

    @property
    def is_picture(self) -> bool:
        """Whether it is shown as a picture that can be enlarged and turned."""
        return self.in_page and self.file.kind in PICTURES

    @property
    def shown_at(self) -> str:
        """The address with the options of the viewer."""
        return self.address if self.is_picture or not self.in_page else self.address + AT_PAGE_WIDTH


@dataclass(frozen=True)
class Panel:
    """One criterion with everything an officer reads before the finding, and the numbers of its neighbours."""

    task: ReviewTask
    address: str
    facts: list[tuple[str, Any]]
    files: list[ShownFile]
    revisions: list[tuple[Any, str]]
    remark: Remark | None
    opinion: Opinion | None
    may_ask: bool
    visits: list[SiteVisit]
    notes: list[Note]
    earlier: Finding | None
    before: int | None
    after: int | None

    @property
    def number(self) -> int:
        """The criterion's number."""
        return self.task.criterion.number

    @property
    def first(self) -> ShownFile | None:
        """The file that is shown first beside the criterion."""
        return next((shown for shown in self.files if shown.in_page), None)

    @property
    def openable(self) -> bool:
        """Whether any of the files can be opened."""
        return any(shown.file.is_given_out for shown in self.files)


@dataclass
class _Held:
    """The records of a case, by criterion."""

    visits: dict[int, list[SiteVisit]] = field(default_factory=lambda: defaultdict(list))
    notes: dict[int, list[Note]] = field(default_factory=lambda: defaultdict(list))
    opinions: dict[int, Opinion] = field(default_factory=dict)
    remarks: dict[int, Remark] = field(default_factory=dict)


def panels_of(tasks: TaskList[ReviewTask], reader: User, *, may_ask: bool) -> list[Panel]:
    """Return the panel of each criterion, in order.

    Args:
        reader: the officer; contacts are masked for those who do not need them.
        may_ask: whether the reader may ask the medical insurance side in this case.
    """
    application = tasks.application
    held, earlier = _held(application), earlier_findings(application)
    commitments = commitments_with_revisions(application)
    asking = {one.pk for one in to_ask_about(application)} if may_ask else set()
    numbers = [task.criterion.number for task in tasks.tasks]
    neighbours = zip(tasks.tasks, [None, *numbers], [*numbers[1:], None], strict=False)
    return [
        Panel(
            task=task,
            address=reverse(
                "admin:admission_application_review", args=[application.pk, task.criterion.number]
            ),
            facts=_facts(task.criterion, task.answer, reader),
            files=_files(application, task, held.visits[task.criterion.pk]),
            revisions=_revisions(application, task, commitments),
            remark=held.remarks.get(task.criterion.pk),
            opinion=held.opinions.get(task.criterion.pk),
            may_ask=task.criterion.pk in asking,
            visits=held.visits[task.criterion.pk],
            notes=held.notes[task.criterion.pk],
            earlier=earlier.get(task.criterion.slug),
            before=before,
            after=after,
        )
        for task, before, after in neighbours
    ]


def _held(application: Application) -> _Held:
    held = _Held()
    visits = application.site_visits.select_related("led_by", "accompanied_by")
    for visit in visits.prefetch_related("files", "criteria"):
        for criterion in visit.criteria.all():
            held.visits[criterion.pk].append(visit)
    for note in application.notes.select_related("by"):
        if note.criterion_id is not None:
            held.notes[note.criterion_id].append(note)
    opinions = application.opinions.filter(withdrawn_at=None).select_related("given_by")
    held.opinions = {opinion.criterion_id: opinion for opinion in opinions}
    held.remarks = {remark.criterion_id: remark for remark in application.remarks.select_related("by")}
    return held


def _facts(criterion: Criterion, answer: Answer | None, reader: User) -> list[tuple[str, Any]]:
    if answer is None:
        return []
    given = [(one, shown_fact(one, answer.facts.get(one.name))) for one in criterion.fact_fields]
    return [
        (one.label, shown_to(reader, str(value)) if value and one.kind in CONTACTS else value)
        for one, value in given
    ]


def _sheet_of(task: ReviewTask) -> ServiceCommitment | None:
    """Return the service commitment that gives the undertaking of a criterion, or None."""
    return task.undertaking.commitment if task.undertaking else None


def _files(application: Application, task: ReviewTask, visits: Iterable[SiteVisit]) -> list[ShownFile]:
    """Return the service commitment that gives the undertaking, the evidence, and the files of site visits."""
    sheet = _sheet_of(task)
    signed = [sheet.file] if sheet else []
    evidence = [one.file for one in task.answer.standing_evidence] if task.answer else []
    of_visits = [file for visit in visits for file in visit.files.all()]
    return [_shown(application, file) for file in (*signed, *evidence, *of_visits)]


def _revisions(
    application: Application, task: ReviewTask, commitments: list[ServiceCommitment]
) -> list[tuple[Any, str]]:
    """Return the earlier revisions of these files."""
    sheets = [one for one in commitments if one.removed_at is not None] if _sheet_of(task) else []
    revised = task.answer.evidence_with_revisions if task.answer else []
    documents = [old for _current, earlier in revised for old in earlier]
    earlier_ones: list[Evidence | ServiceCommitment] = [*sheets, *documents]
    return [(old, _shown(application, old.file).address) for old in earlier_ones]


def _shown(application: Application, file: StoredFile) -> ShownFile:
    address = reverse("admin:admission_application_file", args=[application.pk, file.pk])
    return ShownFile(file, address, file.is_given_out and file.kind in INLINE_KINDS)
