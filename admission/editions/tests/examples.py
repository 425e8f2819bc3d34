"""Arguments with which each action on policy editions succeeds."""

import datetime as dt
from typing import Any

from admission.editions import actions
from admission.editions.models import Criterion, PolicyEdition
from admission.editions.rules import criterion_fields
from admission.editions.terms import NeededFor
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action
from zsbank.base.calendar import clock


def draft(scene: Scene) -> PolicyEdition:
    """A draft of the next edition, by the reviewer."""
    return actions.draft_edition(source=scene.edition, slug="next", name="下一版", by=scene.people.reviewer)


def a_criterion(scene: Scene) -> dict[str, Any]:
    """The fields of one more criterion."""
    copied = criterion_fields(scene.edition.criteria.get(number=9))
    plain = {"facts": [], "checks": [], "consulted": "", "provides": "", "needed_for": NeededFor.APPROVAL}
    fields = copied | plain | {"slug": "one-more", "number": None}
    return {"edition": draft(scene), "by": scene.people.reviewer, "fields": fields}


def one_too_many(scene: Scene) -> dict[str, Any]:
    """A criterion to drop."""
    edition = draft(scene)
    return {"edition": edition, "by": scene.people.reviewer, "criterion": edition.criteria.get(number=9)}


def other_words(scene: Scene) -> dict[str, Any]:
    """A changed title."""
    criterion = draft(scene).criteria.get(number=9)
    return {"criterion": criterion, "by": scene.people.reviewer, "fields": {"title_zh": "甲"}}


def from_a_file(scene: Scene) -> dict[str, Any]:
    """The content of an edition file."""
    content = {"slug": "loaded", "name": "载入版", "valid_from": clock.today()}
    criteria = [Criterion(**criterion_fields(criterion)) for criterion in scene.edition.criteria.all()]
    return {"content": content, "criteria": criteria, "by": None}


EXAMPLES: dict[Action[..., Any], Example] = {
    actions.draft_edition: lambda scene: {
        "source": scene.edition,
        "slug": "next",
        "name": "下一版",
        "by": scene.people.reviewer,
    },
    actions.amend_edition: lambda scene: {
        "edition": draft(scene),
        "by": scene.people.reviewer,
        "periods": {"decision_days": 15},
    },
    actions.add_criterion: a_criterion,
    actions.drop_criterion: one_too_many,
    actions.amend_criterion: other_words,
    actions.publish_edition: lambda scene: {
        "edition": draft(scene),
        "by": scene.people.decider,
        "valid_from": clock.today() + dt.timedelta(days=1),
    },
    actions.publish_loaded: from_a_file,
}
