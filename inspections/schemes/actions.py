"""Actions on assessment schemes: draft, change, withdraw, publish by another person."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspections.schemes.bands import Band, digest_of, stored
from inspections.schemes.models import AssessmentScheme
from inspections.schemes.rules import (
    grades_every_score,
    has_no_draft,
    has_no_results,
    is_draft,
    is_possible_year,
    may_publish,
)
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import case_page
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind
from zsbank.base.permissions import Verb
from zsbank.base.refusals import EditConflict, filled


@action(Verb.DRAFT_SCHEME, makes=True)
def draft_scheme(*, year: int, rows: Iterable[Mapping[str, Any]], by: User) -> AssessmentScheme:
    """Draft the scheme of a year; it has no effect until a decider publishes it.

    Args:
        year: the assessed year.
        rows: the grades: `grade`, and `from` as their inclusive lowest points.

    Raises:
        NotAllowed: the role.
        WrongState: results of the year are recorded already.
        Incomplete: the grades do not cover 0 to 100 points, overlap, or none fails.
        Refused: the year is not possible, or has a draft already.
    """
    for verdict in (is_possible_year(year), has_no_draft(year), has_no_results(year)):
        verdict.require()
    bands = stored(rows)
    grades_every_score(bands).require()
    scheme = _only_draft(year, bands, by)
    record(subject=scheme, data=_content(scheme))
    notices.post(
        to=[person for person in people_with(Verb.PUBLISH_SCHEME) if person != by],
        key=f"scheme:{scheme.pk}:drafted",
        title=format_lazy(gettext_lazy("Assessment scheme of {year} to be published"), year=year),
        body=gettext_lazy("Compare its grades with the scheme that the bureau has adopted."),
        link=case_page(scheme),
        kind=MessageKind.TASK,
    )
    return scheme


def _only_draft(year: int, bands: list[dict[str, str]], by: User) -> AssessmentScheme:
    """Create the draft of a year.

    Raises:
        Refused: another person drafted the year at the same moment.
    """
    try:
        with transaction.atomic():
            return AssessmentScheme.objects.create(year=year, bands=bands, drafted_by=by)
    except IntegrityError:
        has_no_draft(year).require()
        raise


@action(Verb.AMEND_SCHEME, on="scheme", rule=is_draft)
def amend_scheme(
    *, scheme: AssessmentScheme, rows: Iterable[Mapping[str, Any]], seen: str, by: User
) -> AssessmentScheme:
    """Change the grades of a draft.

    Args:
        rows: the grades: `grade`, and `from` as their inclusive lowest points.
        seen: the digest of the grades on the page that the person opened.

    Raises:
        NotAllowed: the role.
        WrongState: the scheme is published or withdrawn.
        EditConflict: somebody else has changed it since.
        Incomplete: the grades do not cover 0 to 100 points, overlap, or none fails.
    """
    _require_as_seen(scheme, seen)
    bands = stored(rows)
    grades_every_score(bands).require()
    before, scheme.bands = scheme.bands, bands
    scheme.save(update_fields=["bands"])
    record(data=_content(scheme) | {"bands_before": _in_journal(before)})
    return scheme


@action(Verb.WITHDRAW_SCHEME, on="scheme", rule=is_draft)
def withdraw_scheme(*, scheme: AssessmentScheme, reason: str, by: User) -> AssessmentScheme:
    """Withdraw a draft, or return it as a decider; the person who drafted it is told why.

    Raises:
        NotAllowed: the role.
        WrongState: the scheme is published or withdrawn.
        Incomplete: the reason is empty.
    """
    reason = filled(reason, _("Enter the reason for withdrawing."))
    scheme.withdrawn_at = clock.now()
    scheme.save(update_fields=["withdrawn_at"])
    record(reason=reason)
    if scheme.drafted_by is not None and scheme.drafted_by != by:
        notices.post(
            to=[scheme.drafted_by],
            key=f"scheme:{scheme.pk}:withdrawn",
            title=format_lazy(
                gettext_lazy("The draft of the assessment scheme of {year} is withdrawn"), year=scheme.year
            ),
            body=format_lazy(gettext_lazy("Reason: {reason}"), reason=reason),
            link=case_page(scheme),
            kind=MessageKind.NEWS,
        )
    return scheme


@action(Verb.PUBLISH_SCHEME, on="scheme", rule=may_publish)
def publish_scheme(*, scheme: AssessmentScheme, seen: str, by: User) -> AssessmentScheme:
    """Publish a draft; the results of its year are graded by it. It replaces an earlier version.

    Args:
        seen: the digest of the grades on the page that the person opened.

    Raises:
        NotAllowed: the role, or the person drafted or changed it (four eyes).
        WrongState: it is published or withdrawn already, or results of the year are recorded.
        EditConflict: somebody else has changed it since.
        Incomplete: the grades do not cover 0 to 100 points, overlap, or none fails.
    """
    _require_as_seen(scheme, seen)
    grades_every_score(scheme.bands).require()
    has_no_results(scheme.year, lock=True).require()
    earlier = AssessmentScheme.objects.of_year(scheme.year)
    if earlier is not None:
        replace_scheme(scheme=earlier, by=by)
    scheme.published_at, scheme.published_by = clock.now(), by
    scheme.save(update_fields=["published_at", "published_by"])
    record(data=_content(scheme))
    notices.post(
        to=[person for person in people_with(Verb.RECORD_ASSESSMENT) if person != by],
        key=f"scheme:{scheme.pk}:published",
        title=format_lazy(gettext_lazy("The assessment scheme of {year} is published"), year=scheme.year),
        body=gettext_lazy("Once the year is over, results can be recorded."),
        link=case_page(scheme),
        kind=MessageKind.NEWS,
    )
    return scheme


@action(Verb.REPLACE_SCHEME, on="scheme", inner=True)
def replace_scheme(*, scheme: AssessmentScheme, by: User) -> AssessmentScheme:
    """Replace a published version, inside the action that publishes the next one."""
    scheme.replaced_at = clock.now()
    scheme.save(update_fields=["replaced_at"])
    return scheme


def _require_as_seen(scheme: AssessmentScheme, seen: str) -> None:
    if digest_of(scheme.bands) != seen:
        raise EditConflict(_("The grades have changed since you opened the page. Open it again."))


def _content(scheme: AssessmentScheme) -> dict[str, Any]:
    """Return the data of every journal entry about the content of a scheme."""
    return {"year": scheme.year, "bands": _in_journal(scheme.bands)}


def _in_journal(bands: Sequence[Band]) -> str:
    """Return the grades as the journal shows them."""
    return "；".join(f"{band['grade']} ≥ {band['from']}" for band in bands)
