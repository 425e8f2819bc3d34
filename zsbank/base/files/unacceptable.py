"""Reasons for refusing a file's content, each with a code and a message."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zsbank.base.refusals import FileRefused


class FileFault(StrEnum):
    """The reasons for refusing a file's content."""

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
    BUSY = "busy"


WORDS: dict[FileFault, Promise] = {
    FileFault.DAMAGED: _("%(name)s is damaged or incomplete. Open it, save it again and retry."),
    FileFault.ENCRYPTED: _(
        "%(name)s is password-protected or in an old format. Save it again in a current format "
        "without a password."
    ),
    FileFault.ACTIVE: _(
        "%(name)s contains active content or external references (scripts, macros, embedded files, "
        "links to other documents). Save it without them, or print it to a new PDF."
    ),
    FileFault.HIDDEN: _(
        "%(name)s uses compression or encoding that cannot be inspected. Print it to a new PDF."
    ),
    FileFault.TWO_KINDS: _("%(name)s contains two file formats. Open it, save it again and retry."),
    FileFault.TOO_MANY_PAGES: _("%(name)s has too many pages. Split it."),
    FileFault.TOO_MANY_PIXELS: _("%(name)s has too many pixels. Reduce its size."),
    FileFault.MOVING: _("%(name)s is an animated image. Save it as a still image."),
    FileFault.HEIC: _(
        "%(name)s is a HEIC picture, which many programs cannot show. Save it as JPEG; in the settings of the "
        "telephone's camera, choose the format “most compatible” for further photos."
    ),
    FileFault.BOMB: _("%(name)s is too large when unpacked. Save it again."),
    FileFault.BUSY: _("%(name)s could not be checked: many files are being checked. Try again in a moment."),
}


class UnacceptableFile(Exception):
    """The content of a file is not acceptable."""

    def __init__(self, fault: FileFault) -> None:
        """Store the fault."""
        super().__init__(fault)
        self.fault = fault

    def refusal(self, name: str) -> FileRefused:
        """Return the refusal for people, naming the file."""
        return FileRefused(str(WORDS[self.fault]) % {"name": name}, self.fault.value)
