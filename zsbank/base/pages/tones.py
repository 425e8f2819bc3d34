"""Every state as a tone and a shape, so that none is told by colour alone."""

SHAPES = {"done": "●", "wait": "◐", "you": "▲", "stop": "■", "late": "▲"}
TONES: dict[str, str] = {
    "done": "done",
    "qualified": "done",
    "approved": "done",
    "accepted": "done",
    "issued": "done",
    "final": "done",
    "published": "done",
    "met": "done",
    "agrees": "done",
    "well": "done",
    "objects": "late",
    "draft": "wait",
    "started": "wait",
    "submitted": "wait",
    "under_review": "wait",
    "recommended": "wait",
    "reported": "wait",
    "awaiting_deadline": "wait",
    "under_rectification": "wait",
    "signed": "wait",
    "opened": "wait",
    "proposed": "wait",
    "supplement": "wait",
    "open": "you",
    "supplementing": "you",
    "attention": "you",
    "applicant": "you",
    "lapsed": "late",
    "refused": "late",
    "failed": "late",
    "not_met": "late",
    "wrong": "late",
}


def tone_of(state: str) -> str:
    """The tone of a state: done, wait, you, late; stop for whatever has come to rest."""
    return TONES.get(str(state), "stop")


def shape_of(state: str) -> str:
    """The shape that goes with the tone."""
    return SHAPES[tone_of(state)]
