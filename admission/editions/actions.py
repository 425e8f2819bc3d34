"""Actions on policy editions: loaded from a file, or drafted by one person and published by another."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from admission.editions.models import Criterion, PolicyEdition
from admission.editions.queries import PERIODS
from admission.editions.rules import may_amend, may_publish
from banks.register.rules import require
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, WrongState

TEXTS = ("official_text", "title_zh", "title_en", "guidance_zh", "guidance_en", "required_before")


@transaction.atomic(durable=True)
def draft_edition(*, source: PolicyEdition, slug: str, name: str, by: User) -> PolicyEdition:
    """Begin a draft of an edition as a copy of another: its periods and its criteria.

    Raises:
        Refused: an edition of this code is there already.
    """
    require(by, Verb.DRAFT_EDITION)
    if PolicyEdition.objects.filter(slug=slug).exists():
        raise Refused(_("There is an edition with this code already; choose another."), "taken")
    edition = PolicyEdition.objects.create(
        slug=slug, name=name.strip(), drafted_by=by, **{field: getattr(source, field) for field in PERIODS}
    )
    Criterion.objects.bulk_create(
        Criterion(
            edition=edition,
            number=criterion.number,
            group=criterion.group,
            kinds=criterion.kinds,
            **{field: getattr(criterion, field) for field in TEXTS},
        )
        for criterion in source.criteria.all()
    )
    journal.record(verb=Verb.DRAFT_EDITION, by=by, subject=edition, data={"source": source.slug})
    return edition


@transaction.atomic(durable=True)
def amend_edition(*, edition: PolicyEdition, by: User, periods: dict[str, Any]) -> PolicyEdition:
    """Change the periods and switches of a draft.

    Args:
        periods: by field name, in the unit that the field names: working days, months, years, yes or no.
    """
    require(by, Verb.AMEND_EDITION)
    row = PolicyEdition.objects.select_for_update(no_key=True, of=("self",)).get(pk=edition.pk)
    may_amend(row).require(WrongState)
    changed = _set(row, periods, PERIODS)
    row.save(update_fields=list(changed))
    journal.record(verb=Verb.AMEND_EDITION, by=by, subject=row, data={"changed": changed})
    return row


@transaction.atomic(durable=True)
def amend_criterion(*, criterion: Criterion, by: User, texts: dict[str, str]) -> Criterion:
    """Change what a draft says of one criterion.

    Raises:
        WrongState: its edition is published.
        Incomplete: without an official text.
    """
    require(by, Verb.AMEND_EDITION)
    edition = PolicyEdition.objects.select_for_update(no_key=True, of=("self",)).get(pk=criterion.edition_id)
    may_amend(edition).require(WrongState)
    if not texts.get("official_text", "").strip():
        raise Incomplete(_("A criterion has an official text."))
    row = Criterion.objects.get(pk=criterion.pk)
    changed = _set(row, texts, TEXTS)
    row.save(update_fields=list(changed))
    journal.record(
        verb=Verb.AMEND_EDITION,
        by=by,
        subject=edition,
        data={"criterion": row.number, "changed": changed},
    )
    return row


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


@transaction.atomic(durable=True)
def publish_draft(*, edition: PolicyEdition, valid_from: dt.date, by: User) -> PolicyEdition:
    """Publish a draft, in force from a day; from then on nothing in it changes.

    Raises:
        NotAllowed: the person who drafted it.
        WrongState: published already.
        Refused: the day lies in the past, or another edition begins on it.
    """
    require(by, Verb.PUBLISH_EDITION)
    row = PolicyEdition.objects.select_for_update(no_key=True, of=("self",)).get(pk=edition.pk)
    verdict = may_publish(by, row)
    verdict.require(NotAllowed if "four_eyes" in {reason.code for reason in verdict.reasons} else WrongState)
    if valid_from < clock.today():
        raise Refused(_("An edition is not in force before the day it is published."))
    if PolicyEdition.objects.filter(valid_from=valid_from).exists():
        raise Refused(_("Another edition begins on this day; choose another day."), "taken")
    row.valid_from, row.published_at = valid_from, clock.now()
    row.save(update_fields=["valid_from", "published_at"])
    journal.record(verb=Verb.PUBLISH_EDITION, by=by, subject=row, data={"valid_from": valid_from})
    return row


FOLDER = Path(__file__).parent / "editions"


def edition_files() -> list[Path]:
    """The editions that come with the program, oldest name first."""
    return sorted(FOLDER.glob("*.toml"))


@transaction.atomic(durable=True)
def publish_edition(path: Path) -> bool:
    """Load an edition from its file; one that is there already stays as it is.

    Returns:
        Whether it was loaded now.

    Raises:
        Refused: the file says something else than the edition that was published under its code.
    """
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    criteria = content.pop("criteria")
    published = PolicyEdition.objects.filter(slug=content["slug"]).first()
    if published is not None:
        if not _says_the_same(published, content, criteria):
            raise Refused(
                f"{path.name} differs from the published edition {published.slug}; give it a new code"
            )
        return False
    edition = PolicyEdition.objects.create(**content, published_at=clock.now())
    Criterion.objects.bulk_create(Criterion(edition=edition, **criterion) for criterion in criteria)
    journal.record(
        verb=Verb.PUBLISH_EDITION, by=None, subject=edition, data={"valid_from": edition.valid_from}
    )
    return True


def _says_the_same(edition: PolicyEdition, content: dict[str, Any], criteria: list[dict[str, Any]]) -> bool:
    kept = edition.criteria.order_by("number").values(*criteria[0])
    return list(kept) == criteria and all(getattr(edition, name) == value for name, value in content.items())
