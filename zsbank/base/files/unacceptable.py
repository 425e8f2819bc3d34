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
    HEIC = "heic"
    BOMB = "bomb"


WORDS: dict[Ground, Promise] = {
    Ground.DAMAGED: _("%(name)s is damaged or cut off. Open it, save it again and try again."),
    Ground.ENCRYPTED: _(
        "%(name)s is protected by a password, or in an old format. Save it again without one."
    ),
    Ground.ACTIVE: _(
        "%(name)s acts by itself or takes in other files (scripts, macros, files inside, links to other "
        "documents). Save it without them, or print it to a new PDF."
    ),
    Ground.HIDDEN: _("%(name)s is packed in a way that cannot be looked through. Print it to a new PDF."),
    Ground.TWO_KINDS: _("%(name)s is two kinds of file in one. Open it, save it again and try again."),
    Ground.TOO_MANY_PAGES: _("%(name)s has too many pages. Split it."),
    Ground.TOO_MANY_PIXELS: _("%(name)s has too many pixels. Make it smaller."),
    Ground.MOVING: _("%(name)s is a moving picture. Save it as a still one."),
    Ground.HEIC: _(
        "%(name)s is a HEIC picture, which many programs cannot show. Save it as JPEG; in the settings of the "
        "telephone's camera, choose the format “most compatible” for further photos."
    ),
    Ground.BOMB: _("%(name)s unpacks to far more than a document needs. Save it again."),
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
