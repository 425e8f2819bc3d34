"""Whether an answer differs from what it was when the bureau asked for a supplement."""

import hashlib
import json
from dataclasses import dataclass

from admission.applications.models import Answer, ServiceCommitment, SupplementItem, SupplementRequest
from admission.applications.undertakings import standing_commitment, undertaking_in
from admission.editions.models import Criterion


@dataclass(frozen=True)
class ItemChange:
    """An item to supplement, and whether its answer has changed since the request."""

    item: SupplementItem
    changed: bool


def digest_of(criterion: Criterion, answer: Answer | None, commitment: ServiceCommitment | None) -> str:
    """Return the SHA-256 of what the bank says and shows on a criterion; an empty answer equals none.

    The service commitment belongs to it where it stands for the undertaking.
    """
    said = (
        [answer.text, _filled(answer.facts), answer.signatory, str(answer.signed_on or "")] if answer else []
    )
    shown = sorted(
        [one.file.sha256, str(one.issued_on or ""), str(one.expires_on or "")]
        for one in (answer.standing_evidence if answer else ())
    )
    sheet = _sheet_for(criterion, answer, commitment)
    signed = [sheet.file.sha256, sheet.signatory, str(sheet.signed_on)] if sheet else []
    content = [said, shown, signed] if any(said) or shown or signed else []
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _sheet_for(
    criterion: Criterion, answer: Answer | None, commitment: ServiceCommitment | None
) -> ServiceCommitment | None:
    given = undertaking_in(criterion, answer, commitment)
    return given.commitment if given else None


def _filled(facts: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in facts.items() if value not in (None, "", [])}


def changes_in(request: SupplementRequest) -> list[ItemChange]:
    """Return the items of a request, each with whether its answer has changed; a constant number of queries."""
    answers = {answer.criterion_id: answer for answer in request.application.answers.with_evidence()}
    commitment = standing_commitment(request.application)
    items = request.items.select_related("criterion")
    return [
        ItemChange(item, _changed(request, item, answers.get(item.criterion_id), commitment))
        for item in items
    ]


def _changed(
    request: SupplementRequest,
    item: SupplementItem,
    answer: Answer | None,
    commitment: ServiceCommitment | None,
) -> bool:
    if item.changed is not None:
        return item.changed
    if item.asked_digest:
        return item.asked_digest != digest_of(item.criterion, answer, commitment)
    sheet = _sheet_for(item.criterion, answer, commitment)
    times = [answer.saved_at if answer else None, sheet.added_at if sheet else None]
    return any(time is not None and time > request.asked_at for time in times)
