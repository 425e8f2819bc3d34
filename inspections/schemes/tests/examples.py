"""Arguments with which each action on assessment schemes succeeds, and a row for the walk."""

from typing import Any

from inspections.schemes import actions
from inspections.schemes.bands import digest_of
from inspections.schemes.models import AssessmentScheme
from inspections.schemes.tests.factories import BANDS, published
from tests.actions.scene import Example, Scene
from zsbank.base.actions.door import Action

YEAR = 2025


def drafted(scene: Scene) -> AssessmentScheme:
    """The scheme of 2025, drafted by the assessor."""
    return actions.draft_scheme(year=YEAR, rows=BANDS, by=scene.people.assessor)


def waiting(scene: Scene) -> AssessmentScheme:
    """The draft of 2025; it belongs to no bank, so there is one for all of them."""
    return AssessmentScheme.objects.drafts().filter(year=YEAR).first() or drafted(scene)


def _as_seen(scene: Scene) -> dict[str, Any]:
    scheme = drafted(scene)
    return {"scheme": scheme, "seen": digest_of(scheme.bands)}


EXAMPLES: dict[Action[..., Any], Example] = {
    actions.draft_scheme: lambda scene: {"year": YEAR, "rows": BANDS, "by": scene.people.assessor},
    actions.amend_scheme: lambda scene: _as_seen(scene) | {"rows": BANDS[1:], "by": scene.people.assessor},
    actions.withdraw_scheme: lambda scene: {
        "scheme": drafted(scene),
        "reason": "方案未获通过。",
        "by": scene.people.assessor,
    },
    actions.publish_scheme: lambda scene: _as_seen(scene) | {"by": scene.people.decider},
    actions.replace_scheme: lambda scene: {"scheme": published(YEAR), "by": scene.people.decider},
}
ROWS = {AssessmentScheme: waiting}
