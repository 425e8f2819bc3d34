"""Publishing a policy edition: read from its file once, never changed after."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from admission.models import Criterion, PolicyEdition
from zsbank.base.calendar import clock
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused

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
