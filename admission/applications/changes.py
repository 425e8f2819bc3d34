"""Whether an answer differs from what it was when the bureau asked for a supplement."""

import hashlib
import json
from dataclasses import dataclass

from admission.applications.models import Answer, SupplementItem, SupplementRequest


@dataclass(frozen=True)
class ItemChange:
    """An item to supplement, and whether its answer has changed since the request."""

    item: SupplementItem
    changed: bool


def digest_of(answer: Answer | None) -> str:
    """Return the SHA-256 of what an answer says and shows; an empty answer equals none."""
    said = (
        [answer.text, _filled(answer.facts), answer.signatory, str(answer.signed_on or "")] if answer else []
    )
    shown = sorted(
        [one.file.sha256, str(one.issued_on or ""), str(one.expires_on or "")]
        for one in (answer.standing_evidence if answer else ())
    )
    content = [said, shown] if any(said) or shown else []
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _filled(facts: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in facts.items() if value not in (None, "", [])}


def changes_in(request: SupplementRequest) -> list[ItemChange]:
    """Return the items of a request, each with whether its answer has changed; a constant number of queries."""
    answers = {answer.criterion_id: answer for answer in request.application.answers.with_evidence()}
    items = request.items.select_related("criterion")
    return [ItemChange(item, _changed(request, item, answers.get(item.criterion_id))) for item in items]


def unchanged_numbers(request: SupplementRequest) -> list[int]:
    """Return the numbers of the criteria that were asked for and have not changed."""
    return [one.item.criterion.number for one in changes_in(request) if not one.changed]


def _changed(request: SupplementRequest, item: SupplementItem, answer: Answer | None) -> bool:
    if item.changed is not None:
        return item.changed
    if item.asked_digest:
        return item.asked_digest != digest_of(answer)
    return answer is not None and answer.saved_at > request.asked_at
