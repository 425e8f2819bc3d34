"""Actions on policy editions: load from a file, or draft and publish by two different persons."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from admission.editions.models import CRITERION_FIELDS, Criterion, PolicyEdition
from admission.editions.queries import PERIODS
from admission.editions.rules import (
    check_criteria,
    criterion_fields,
    faults_of,
    may_amend,
    may_amend_criterion,
    may_publish,
)
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, Refused, WrongState


@action(Verb.DRAFT_EDITION, makes=True)
def draft_edition(*, source: PolicyEdition, slug: str, name: str, by: User) -> PolicyEdition:
    """Create a draft as a copy of an edition's periods and criteria.

    Raises:
        NotAllowed: the role.
        Refused: the code is taken.
    """
    if PolicyEdition.objects.filter(slug=slug).exists():
        raise Refused(_("An edition with this code already exists; choose another code."), "taken")
    edition = PolicyEdition.objects.create(
        slug=slug, name=name.strip(), drafted_by=by, **{field: getattr(source, field) for field in PERIODS}
    )
    Criterion.objects.bulk_create(
        Criterion(edition=edition, **criterion_fields(criterion)) for criterion in source.criteria.all()
    )
    record(subject=edition, data={"source": source.slug})
    return edition


@action(Verb.AMEND_EDITION, on="edition", rule=may_amend)
def amend_edition(*, edition: PolicyEdition, by: User, periods: dict[str, Any]) -> PolicyEdition:
    """Change the periods and switches of a draft.

    Args:
        periods: values by field name; `…_days` are working days, `…_months` and `…_years` are calendar periods.

    Raises:
        NotAllowed: the role.
        WrongState: the edition is published.
    """
    changed = _set(edition, periods, PERIODS)
    edition.save(update_fields=list(changed))
    record(data={"changed": changed})
    return edition


@action(Verb.ADD_CRITERION, on="edition", rule=may_amend)
def add_criterion(*, edition: PolicyEdition, by: User, fields: dict[str, Any]) -> Criterion:
    """Add a criterion to a draft; those from its number on move up by one.

    Args:
        fields: values by the names in `CRITERION_FIELDS`; without a number it becomes the last.

    Raises:
        NotAllowed: the role.
        WrongState: the edition is published.
        Refused: the code is taken.
        Incomplete: the criterion is incomplete or inconsistent.
    """
    if edition.criteria.filter(slug=fields["slug"]).exists():
        raise Refused(_("A criterion with this code already exists; choose another code."), "taken")
    last = edition.criteria.count() + 1
    number = min(fields.get("number") or last, last)
    criterion = Criterion(edition=edition, **(fields | {"number": last}))
    _require_valid(criterion)
    criterion.save()
    _move(criterion, number)
    changed = {name: [None, value] for name, value in criterion_fields(criterion).items() if value}
    record(data={"criterion": criterion.number, "changed": changed})
    return criterion


@action(Verb.DROP_CRITERION, on="edition", rule=may_amend)
def drop_criterion(*, edition: PolicyEdition, criterion: Criterion, by: User) -> None:
    """Remove a criterion from a draft; those after it move down by one.

    Raises:
        NotAllowed: the role.
        WrongState: the edition is published, or the criterion is no longer in it.
    """
    row = edition.criteria.filter(pk=criterion.pk).first()
    if row is None:
        raise WrongState.moved_on()
    changed = {name: [value, None] for name, value in criterion_fields(row).items() if value}
    record(data={"criterion": row.number, "changed": changed})
    _move(row, edition.criteria.count())
    row.delete()


@action(Verb.AMEND_EDITION, on="criterion", within="edition", rule=may_amend_criterion)
def amend_criterion(*, criterion: Criterion, by: User, fields: dict[str, Any]) -> Criterion:
    """Change a criterion of a draft; with a new number, the criteria in between move by one.

    Args:
        fields: changed values by the names in `CRITERION_FIELDS`; the code cannot change, it identifies the criterion
            across editions.

    Raises:
        NotAllowed: the role.
        WrongState: its edition is published.
        Incomplete: the criterion is incomplete or inconsistent.
    """
    edition, number = criterion.edition, criterion.number
    changed = _set(
        criterion, fields, tuple(name for name in CRITERION_FIELDS if name not in ("slug", "number"))
    )
    _require_valid(criterion)
    criterion.save(update_fields=list(changed))
    wanted = fields.get("number") or number
    if wanted != number:
        _move(criterion, min(wanted, edition.criteria.count()))
        changed["number"] = [number, criterion.number]
    record(subject=edition, data={"criterion": number, "changed": changed})
    return criterion


def _require_valid(criterion: Criterion) -> None:
    faults = faults_of(criterion)
    if faults:
        raise Incomplete(" ".join(faults))


def _move(criterion: Criterion, number: int) -> None:
    """Renumber a criterion and those in between; no number is used twice at any moment."""
    others = criterion.edition.criteria.exclude(pk=criterion.pk)
    if number < criterion.number:
        between, step = others.filter(number__gte=number, number__lt=criterion.number).order_by("-number"), 1
    else:
        between, step = others.filter(number__gt=criterion.number, number__lte=number).order_by("number"), -1
    rows = list(between)
    _number(criterion, 0)
    for row in rows:
        _number(row, row.number + step)
    _number(criterion, number)


def _number(criterion: Criterion, number: int) -> None:
    criterion.number = number
    criterion.save(update_fields=["number"])


def _set(row: Any, given: dict[str, Any], allowed: tuple[str, ...]) -> dict[str, list[Any]]:
    """Set the changed values; return old and new by field."""
    changed = {
        name: [getattr(row, name), given[name]]
        for name in allowed
        if name in given and getattr(row, name) != given[name]
    }
    for name, (_was, is_now) in changed.items():
        setattr(row, name, is_now)
    return changed


@action(Verb.PUBLISH_EDITION, on="edition", rule=may_publish)
def publish_edition(*, edition: PolicyEdition, valid_from: dt.date, by: User) -> PolicyEdition:
    """Publish a draft, in force from a day; it cannot be changed afterwards.

    Args:
        valid_from: first day in force (local date), not in the past.

    Raises:
        NotAllowed: the role, or the person drafted or changed it (four eyes).
        WrongState: the edition is published already.
        Incomplete: the criteria are incomplete or inconsistent.
        Refused: the day is in the past, or another edition begins on it.
    """
    if valid_from < clock.today():
        raise Refused(_("An edition cannot take effect before its publication date."))
    if PolicyEdition.objects.filter(valid_from=valid_from).exists():
        raise Refused(_("Another edition takes effect on this day; choose another day."), "taken")
    edition.valid_from, edition.published_at = valid_from, clock.now()
    edition.save(update_fields=["valid_from", "published_at"])
    record(data={"valid_from": valid_from})
    return edition


FOLDER = Path(__file__).parent


def edition_files() -> list[Path]:
    """Return the files of the editions shipped with the program, sorted by name."""
    return sorted(FOLDER.glob("*.toml"))


def load_edition(path: Path) -> bool:
    """Publish the edition in a file, unless it is published already.

    Returns:
        Whether it was published now.

    Raises:
        Refused: a criterion in the file is invalid, or differs from the edition published under the same code.
    """
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    criteria = [_criterion_of(path, said) for said in content.pop("criteria")]
    verdict = check_criteria(criteria)
    if not verdict:
        raise Refused(f"{path.name}: {verdict.why_not}", "criteria")
    published = PolicyEdition.objects.filter(slug=content["slug"]).first()
    if published is None:
        publish_loaded(content=content, criteria=criteria, by=None)
    elif not _is_same(published, content, criteria):
        raise Refused(f"{path.name} differs from the published edition {published.slug}; give it a new code")
    return published is None


@action(Verb.PUBLISH_EDITION, makes=True, by_clock=True)
def publish_loaded(*, content: dict[str, Any], criteria: list[Criterion], by: User | None) -> PolicyEdition:
    """Publish an edition shipped with the program, when the register is set up.

    Args:
        content: values of the edition's own fields, by name.
        criteria: unsaved criteria.

    Raises:
        NotAllowed: a person called it without the role.
    """
    edition = PolicyEdition.objects.create(**content, published_at=clock.now())
    for criterion in criteria:
        criterion.edition = edition
    Criterion.objects.bulk_create(criteria)
    record(subject=edition, data={"valid_from": edition.valid_from})
    return edition


def _criterion_of(path: Path, said: dict[str, Any]) -> Criterion:
    unknown = said.keys() - set(CRITERION_FIELDS)
    if unknown:
        raise Refused(f"{path.name}: a criterion has no field {', '.join(sorted(unknown))}")
    return Criterion(**said)


def _is_same(edition: PolicyEdition, content: dict[str, Any], criteria: list[Criterion]) -> bool:
    kept = [criterion_fields(criterion) for criterion in edition.criteria.order_by("number")]
    given = [criterion_fields(criterion) for criterion in criteria]
    return kept == given and all(getattr(edition, name) == value for name, value in content.items())
