"""Actions on policy editions: loaded from a file, or drafted by one person and published by another."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from admission.editions.models import SAYS, Criterion, PolicyEdition
from admission.editions.queries import PERIODS
from admission.editions.rules import (
    faults_of,
    makes_sense,
    may_amend,
    may_amend_criterion,
    may_publish,
    said_of,
)
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, Refused, WrongState


@action(Verb.DRAFT_EDITION, makes=True)
def draft_edition(*, source: PolicyEdition, slug: str, name: str, by: User) -> PolicyEdition:
    """Begin a draft of an edition as a copy of another: its periods and its criteria.

    Raises:
        NotAllowed: the role.
        Refused: an edition of this code is there already.
    """
    if PolicyEdition.objects.filter(slug=slug).exists():
        raise Refused(_("An edition with this code already exists; choose another code."), "taken")
    edition = PolicyEdition.objects.create(
        slug=slug, name=name.strip(), drafted_by=by, **{field: getattr(source, field) for field in PERIODS}
    )
    Criterion.objects.bulk_create(
        Criterion(edition=edition, **said_of(criterion)) for criterion in source.criteria.all()
    )
    record(subject=edition, data={"source": source.slug})
    return edition


@action(Verb.AMEND_EDITION, on="edition", rule=may_amend)
def amend_edition(*, edition: PolicyEdition, by: User, periods: dict[str, Any]) -> PolicyEdition:
    """Change the periods and switches of a draft.

    Args:
        periods: by field name, in the unit that the field names: working days, months, years, yes or no.

    Raises:
        NotAllowed: the role.
        WrongState: the edition is published.
    """
    changed = _set(edition, periods, PERIODS)
    edition.save(update_fields=list(changed))
    record(data={"changed": changed})
    return edition


@action(Verb.ADD_CRITERION, on="edition", rule=may_amend)
def add_criterion(*, edition: PolicyEdition, by: User, says: dict[str, Any]) -> Criterion:
    """Add a criterion to a draft; those from its number on move up by one.

    Args:
        says: what the edition says of it, by the names in `SAYS`; without a number it is the last.

    Raises:
        NotAllowed: the role.
        WrongState: the edition is published.
        Refused: a criterion of this code is there already.
        Incomplete: what is said is not complete, or does not fit together.
    """
    if edition.criteria.filter(slug=says["slug"]).exists():
        raise Refused(_("A criterion with this code already exists; choose another code."), "taken")
    last = edition.criteria.count() + 1
    number = min(says.get("number") or last, last)
    criterion = Criterion(edition=edition, **(says | {"number": last}))
    _require_right(criterion)
    criterion.save()
    _move(criterion, number)
    changed = {name: [None, value] for name, value in said_of(criterion).items() if value}
    record(data={"criterion": criterion.number, "changed": changed})
    return criterion


@action(Verb.DROP_CRITERION, on="edition", rule=may_amend)
def drop_criterion(*, edition: PolicyEdition, criterion: Criterion, by: User) -> None:
    """Drop a criterion from a draft; those after it move down by one.

    Raises:
        NotAllowed: the role.
        WrongState: the edition is published, or the criterion is not, or no longer, in it.
    """
    row = edition.criteria.filter(pk=criterion.pk).first()
    if row is None:
        raise WrongState.moved_on()
    changed = {name: [value, None] for name, value in said_of(row).items() if value}
    record(data={"criterion": row.number, "changed": changed})
    _move(row, edition.criteria.count())
    row.delete()


@action(Verb.AMEND_EDITION, on="criterion", within="edition", rule=may_amend_criterion)
def amend_criterion(*, criterion: Criterion, by: User, says: dict[str, Any]) -> Criterion:
    """Change what a draft says of a criterion; with another number it moves there, and those between make room.

    Args:
        says: what is changed, by the names in `SAYS`. The code stays: it names the criterion in every edition.

    Raises:
        NotAllowed: the role.
        WrongState: its edition is published.
        Incomplete: what is said is not complete, or does not fit together.
    """
    edition, number = criterion.edition, criterion.number
    changed = _set(criterion, says, tuple(name for name in SAYS if name not in ("slug", "number")))
    _require_right(criterion)
    criterion.save(update_fields=list(changed))
    wanted = says.get("number") or number
    if wanted != number:
        _move(criterion, min(wanted, edition.criteria.count()))
        changed["number"] = [number, criterion.number]
    record(subject=edition, data={"criterion": number, "changed": changed})
    return criterion


def _require_right(criterion: Criterion) -> None:
    faults = faults_of(criterion)
    if faults:
        raise Incomplete(" ".join(faults))


def _move(criterion: Criterion, number: int) -> None:
    """Give a criterion another number; those between move by one. Each number is taken once at any moment."""
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
    """Set what differs, and give old and new by field."""
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
    """Publish a draft, in force from a day; from then on nothing in it changes.

    Args:
        valid_from: the first day (local date), not in the past.

    Raises:
        NotAllowed: the role, or the person drafted or changed it (four eyes).
        WrongState: published already.
        Incomplete: the criteria are not complete, or do not fit together.
        Refused: the day lies in the past, or another edition begins on it.
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
    """The editions that come with the program, oldest name first."""
    return sorted(FOLDER.glob("*.toml"))


def load_edition(path: Path) -> bool:
    """Publish the edition that a file holds; one that is published already stays as it is.

    Returns:
        Whether it was published now.

    Raises:
        Refused: what the file says of the criteria is wrong, or differs from the edition published under its code.
    """
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    criteria = [_criterion_of(path, said) for said in content.pop("criteria")]
    verdict = makes_sense(criteria)
    if not verdict:
        raise Refused(f"{path.name}: {verdict.why_not}", "criteria")
    published = PolicyEdition.objects.filter(slug=content["slug"]).first()
    if published is None:
        publish_loaded(content=content, criteria=criteria, by=None)
    elif not _says_the_same(published, content, criteria):
        raise Refused(f"{path.name} differs from the published edition {published.slug}; give it a new code")
    return published is None


@action(Verb.PUBLISH_EDITION, makes=True, by_clock=True)
def publish_loaded(*, content: dict[str, Any], criteria: list[Criterion], by: User | None) -> PolicyEdition:
    """Publish an edition that comes with the program, when the register is set up.

    Args:
        content: the edition's own fields, by name.
        criteria: not saved yet.
    """
    edition = PolicyEdition.objects.create(**content, published_at=clock.now())
    for criterion in criteria:
        criterion.edition = edition
    Criterion.objects.bulk_create(criteria)
    record(subject=edition, data={"valid_from": edition.valid_from})
    return edition


def _criterion_of(path: Path, said: dict[str, Any]) -> Criterion:
    unknown = said.keys() - set(SAYS)
    if unknown:
        raise Refused(f"{path.name}: a criterion says nothing by the name {', '.join(sorted(unknown))}")
    return Criterion(**said)


def _says_the_same(edition: PolicyEdition, content: dict[str, Any], criteria: list[Criterion]) -> bool:
    kept = [said_of(criterion) for criterion in edition.criteria.order_by("number")]
    given = [said_of(criterion) for criterion in criteria]
    return kept == given and all(getattr(edition, name) == value for name, value in content.items())
