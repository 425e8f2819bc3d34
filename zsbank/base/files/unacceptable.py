"""Why a file is not taken: each ground with its code and the words that say what to do."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zsbank.base.refusals import FileRefused


class Ground(StrEnum):
    """The grounds on which what a file holds is not taken."""

    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    ACTIVE = "active"
    HIDDEN = "hidden"
    TWO_KINDS = "two_kinds"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    MOVING = "moving"
    BOMB = "bomb"


WORDS: dict[Ground, Promise] = {
    Ground.DAMAGED: _("%(name)s is damaged or incomplete. Open it, save it again and retry."),
    Ground.ENCRYPTED: _(
        "%(name)s is password-protected or in an old format. Save it again in a current format "
        "without a password."
    ),
    Ground.ACTIVE: _(
        "%(name)s contains active content or external references (scripts, macros, embedded files, "
        "links to other documents). Save it without them, or print it to a new PDF."
    ),
    Ground.HIDDEN: _(
        "%(name)s uses compression or encoding that cannot be inspected. Print it to a new PDF."
    ),
    Ground.TWO_KINDS: _("%(name)s contains two file formats. Open it, save it again and retry."),
    Ground.TOO_MANY_PAGES: _("%(name)s has too many pages. Split it."),
    Ground.TOO_MANY_PIXELS: _("%(name)s has too many pixels. Reduce its size."),
    Ground.MOVING: _("%(name)s is an animated image. Save it as a still image."),
    Ground.BOMB: _("%(name)s is too large when unpacked. Save it again."),
}


class Unfit(Exception):
    """What a file holds stands against taking it."""

    def __init__(self, ground: Ground) -> None:
        """Keep the ground."""
        super().__init__(ground)
        self.ground = ground

    def refusal(self, name: str) -> FileRefused:
        """The refusal that people read, naming the file."""
        return FileRefused(str(WORDS[self.ground]) % {"name": name}, self.ground.value)
