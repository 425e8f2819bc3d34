"""Tone and words of the chips that stand in pages beside states: the only place that gives them a tone.

States have theirs in the declaration of their case. The tone of what is not begun or not done yet is never `STOP`.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from zsbank.base.cases.turns import SHAPES, Text, Tone


@dataclass(frozen=True)
class Chip:
    """A chip: its tone, and its words unless the page has others."""

    tone: Tone
    label: Text = ""

    @property
    def shape(self) -> str:
        """The shape of its tone."""
        return SHAPES[self.tone]


CHIPS: dict[str, Chip] = {
    "told": Chip(Tone.YOU),
    "healthy": Chip(Tone.DONE, _("OK")),
    "unhealthy": Chip(Tone.LATE, _("needs attention")),
    "set up": Chip(Tone.DONE, _("set up")),
    "set up in part": Chip(Tone.WAIT, _("needs a look")),
    "not set up": Chip(Tone.YOU, _("still open")),
    "taken over": Chip(Tone.NONE, _("taken over")),
    "scan missing": Chip(Tone.YOU, _("scan missing")),
    "due already": Chip(Tone.LATE, _("due already")),
    "filled in": Chip(Tone.DONE, _("filled in")),
    "to be corrected": Chip(Tone.YOU, _("to be corrected")),
    "attention": Chip(Tone.YOU, _("Needs attention")),
    "scan running": Chip(Tone.WAIT, _("being checked")),
    "quarantined": Chip(Tone.LATE, _("quarantined: submit another file")),
    "invalid invitation": Chip(Tone.LATE, _("No longer valid")),
    "outlet short": Chip(Tone.YOU, _("Requirements not met")),
    "outlet sound": Chip(Tone.DONE, _("Falls short of nothing")),
    "found rectified": Chip(Tone.DONE, _("Rectified as required")),
    "found missing": Chip(Tone.LATE, _("Something is still missing")),
    "report accepted": Chip(Tone.DONE, _("Accepted")),
    "report to check": Chip(Tone.WAIT, _("To be checked")),
    "report rejected": Chip(Tone.LATE, _("Not accepted")),
    "payment confirmed": Chip(Tone.DONE, _("Confirmed")),
    "payment to check": Chip(Tone.WAIT, _("Not checked yet")),
    "payment sent back": Chip(Tone.LATE, _("Sent back")),
    "complaint founded": Chip(Tone.LATE, _("Founded")),
    "complaint not founded": Chip(Tone.DONE, _("Not founded")),
    "answer to check": Chip(Tone.WAIT, _("Not checked yet")),
    "answer sent back": Chip(Tone.LATE, _("Sent back")),
    "answer taken": Chip(Tone.DONE, _("Checked")),
    "row good": Chip(Tone.DONE, _("Will be taken in")),
    "row known": Chip(Tone.NONE, _("Entered already")),
    "row refused": Chip(Tone.LATE, _("Cannot be taken in")),
    "late": Chip(Tone.LATE),
    "minor finding": Chip(Tone.NONE, _("Minor")),
    "moderate finding": Chip(Tone.YOU, _("Moderate")),
    "serious finding": Chip(Tone.LATE, _("Serious")),
    "found here before": Chip(Tone.YOU, _("found here before")),
    "found elsewhere before": Chip(Tone.NONE, _("found at another outlet before")),
    "signed on the spot": Chip(Tone.DONE, _("has signed")),
    "refused to sign": Chip(Tone.LATE, _("refused to sign")),
    "assessment passed": Chip(Tone.DONE),
    "assessment failed": Chip(Tone.LATE),
    "item changed": Chip(Tone.DONE, _("changed since the request")),
    "item unchanged": Chip(Tone.YOU, _("not changed")),
    "opinion awaited": Chip(Tone.WAIT, _("not answered yet")),
    "finding missing": Chip(Tone.NONE, _("no finding yet")),
    "agreement signed": Chip(Tone.DONE, _("signed")),
    "agreement unsigned": Chip(Tone.YOU, _("not signed yet")),
    "commitment signed": Chip(Tone.DONE, _("signed and uploaded")),
    "commitment unsigned": Chip(Tone.NONE, _("not signed")),
    "ground stands": Chip(Tone.DONE, _("stands")),
    "ground fallen": Chip(Tone.LATE, _("no longer stands")),
    "no ground left": Chip(Tone.LATE, _("no ground left: close the case")),
    "undertaking by commitment": Chip(Tone.DONE, _("with the service commitment")),
    "undertaking apart": Chip(Tone.DONE, _("signed apart")),
    "undertaking unsigned": Chip(Tone.NONE, _("not signed")),
}
