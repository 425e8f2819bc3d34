"""The one judge: is the register what its record says? Each finding is one line that names a row."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from admission.applications.models import Application
from admission.applications.states import ApplicationState, Outcome
from admission.decisions.models import Decision
from admission.decisions.rules import outstanding
from banks.register.models import Bank, Qualification
from banks.register.states import IN_FORCE
from exit.cases.models import ExitCase
from exit.cases.states import ExitState
from inspections.assessments.models import Assessment
from inspections.rectification.models import RectificationOrder
from zsbank.base.calendar import clock
from zsbank.base.files import store
from zsbank.base.files.models import StoredFile
from zsbank.base.journal.models import Entry
from zsbank.base.letters.models import Letter, NumberSeries
from zsbank.base.permissions import Verb
from zsbank.site.operations import checkpoints, queries, runner

MACHINES: tuple[tuple[type[Model], str], ...] = (
    (Bank, "standing"),
    (Application, "state"),
    (RectificationOrder, "state"),
    (Assessment, "state"),
    (ExitCase, "state"),
)
"""Every state machine whose moves the journal records."""

DATED = frozenset({"end_supplement", "accept_application", "lapse", "lock_out", "release"})
"""Steps that fall due with a date alone; what others list may have come up since the last sweep."""


def findings() -> Iterator[str]:
    """What is wrong, a line each; nothing when all is well."""
    return chain(
        _states(),
        _decisions(),
        _exits(),
        _qualifications(),
        _files(),
        _strays(),
        _numbers(),
        _overdue(),
        _outbox(),
        _record(),
    )


def _states() -> Iterator[str]:
    """Every state is the last journalled transition."""
    for model, field in MACHINES:
        moves = Entry.objects.filter(subject_type=model._meta.label_lower, subject_id=OuterRef("pk"))
        last = moves.exclude(to_state="").order_by("-pk").values("to_state")[:1]
        rows = QuerySet(model).annotate(journalled=Coalesce(Subquery(last), Value("nothing")))
        wrong = rows.exclude(journalled=F(field)).order_by("pk")
        for pk, state, journalled in wrong.values_list("pk", field, "journalled"):
            yield f"{model._meta.label_lower} {pk}: is {state}, the journal says {journalled}"


def _decisions() -> Iterator[str]:
    """Every decided application has one decision, one entry of it and one letter."""
    decided = Application.objects.filter(state__in=[ApplicationState.APPROVED, ApplicationState.REFUSED])
    for pk in decided.filter(decision=None).order_by("pk").values_list("pk", flat=True):
        yield f"admission.application {pk}: is final without a decision"
    yield from _not_once("admission.application", decided.values_list("pk", flat=True), Verb.DECIDE)
    for decision in Decision.objects.filter(outcome=Outcome.APPROVE, qualification=None).order_by("pk"):
        if not outstanding(decision):
            yield f"admission.decision {decision.pk}: every agreement is signed, but it is not in effect"


def _exits() -> Iterator[str]:
    """Every signed exit has its letter, one entry, and a qualification that ended."""
    signed = ExitCase.objects.filter(state=ExitState.SIGNED)
    for pk in signed.filter(Q(letter=None) | Q(qualification__cancelled_on=None)).values_list(
        "pk", flat=True
    ):
        yield f"exit.exitcase {pk}: is signed without a letter, or its qualification goes on"
    yield from _not_once("exit.exitcase", signed.values_list("pk", flat=True), Verb.SIGN_EXIT)


def _not_once(label: str, keys: Iterable[int], verb: Verb) -> Iterator[str]:
    """Cases that the journal does not know to be finished exactly once."""
    entries = Entry.objects.filter(subject_type=label, verb=verb)
    counts = dict(entries.order_by().values_list("subject_id").annotate(Count("pk")))
    for pk in keys:
        if counts.get(pk, 0) != 1:
            yield f"{label} {pk}: the journal has {counts.get(pk, 0)} entries {verb.value}, not one"


def _qualifications() -> Iterator[str]:
    """A bank stands in force exactly when a qualification of it is in force."""
    in_force = Exists(Qualification.objects.filter(bank=OuterRef("pk"), cancelled_on=None))
    banks = Bank.objects.annotate(holds=in_force)
    wrong = banks.filter(Q(standing__in=IN_FORCE, holds=False) | Q(holds=True) & ~Q(standing__in=IN_FORCE))
    for pk, standing in wrong.order_by("pk").values_list("pk", "standing"):
        yield f"banks.bank {pk}: is {standing}, which its qualifications do not bear out"


def _files() -> Iterator[str]:
    """Every row's file is there, with its hash."""
    for row in StoredFile.objects.order_by("pk").iterator():
        try:
            same = store.sha256_of(row.stored_name) == row.sha256
        except OSError as error:
            yield f"files.storedfile {row.pk}: cannot be read ({type(error).__name__})"
        else:
            if not same:
                yield f"files.storedfile {row.pk}: is not what was stored, its hash differs"
            if row.is_quarantined != store.quarantined(row.stored_name).exists():
                yield f"files.storedfile {row.pk}: is {row.scan}, but lies {_elsewhere(row)} quarantine"


def _elsewhere(row: StoredFile) -> str:
    return "outside" if row.is_quarantined else "in"


def _strays() -> Iterator[str]:
    """Every file in its place, and every one in quarantine, has its row."""
    known = set(StoredFile.objects.values_list("stored_name", flat=True))
    folder = Path(settings.FILES_DIR)
    for path in sorted([*folder.glob("[0-9a-f][0-9a-f]/*"), *folder.glob("quarantine/*")]):
        if path.name not in known:
            yield f"file {path.parent.name}/{path.name}: lies there without a row"


def _numbers() -> Iterator[str]:
    """The letters of a mark and year are numbered from 1 without gaps."""
    counts = Letter.objects.order_by().values_list("mark", "year").annotate(Count("pk"))
    signed = {(mark, year): count for mark, year, count in counts}
    given = {(series.mark, series.year): series.last for series in NumberSeries.objects.all()}
    for mark, year in sorted(signed.keys() | given.keys()):
        letters, last = signed.get((mark, year), 0), given.get((mark, year), 0)
        if letters != last:
            yield f"letters {mark}〔{year}〕: {letters} letters, the last number is {last}"


def _overdue() -> Iterator[str]:
    """Nothing that was due by yesterday is still not done, and the last sweep could do all it found."""
    yesterday = clock.today() - dt.timedelta(days=1)
    for step in runner.steps(runner.ROOMS):
        if step.name in DATED:
            for pk in step.due(yesterday):
                yield f"{step.name} {pk}: was due by {yesterday} and is not done"
    last = queries.last_sweep()
    for failure in last.failed if last else ():
        yield "{step} {id}: failed in the last sweep, {error}".format(**failure)


def _outbox() -> Iterator[str]:
    """Nothing that should have left the house, or been looked through, waits."""
    for letter in queries.stuck_letters():
        yield f"letters.letter {letter.pk}: {letter} has no file since {letter.issue_date}"
    for pk in queries.stuck_messages().values_list("pk", flat=True):
        yield f"notices.message {pk}: has not been mailed"
    for file in queries.stuck_scans():
        why = f" ({file.scan_result})" if file.scan_result else ""
        yield f"files.storedfile {file.pk}: has not been scanned for viruses since {file.at:%Y-%m-%d %H:%M} UTC{why}"


def _record() -> Iterator[str]:
    """The chain holds and extends the newest checkpoint; no letter was changed since its issue."""
    try:
        newest = checkpoints.newest()
    except ValueError as error:
        yield f"checkpoint: {error}"
        newest = None
    yield from checkpoints.findings(newest)
