"""What a decider is shown before making or confirming a determination: consequences, letter, days left."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from inspections.determinations.letters import determination_letter
from inspections.determinations.models import Determination
from inspections.determinations.rules import expected_period
from inspections.rectification.letters import order_letter
from inspections.rectification.queries import order_after
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import by_day, in_words
from zsbank.base.cases.offers import Draft
from zsbank.base.refusals import Refused


def drafts_to_make(determination: Determination) -> tuple[Draft, ...]:
    """The letters as they would be signed today: of the determination unless it is on paper, and of its order."""
    if determination.is_on_paper:
        return drafts_to_confirm(determination)
    try:
        letter = Draft(_("The letter of the determination"), determination_letter(determination))
    except Refused:
        return ()
    return (letter, *drafts_to_confirm(determination))


def drafts_to_confirm(determination: Determination) -> tuple[Draft, ...]:
    """The order's letter as it would be signed today; none after a serious breach."""
    if not determination.is_rectifiable:
        return ()
    try:
        return (Draft(_("Rectification order"), order_letter(order_after(determination))),)
    except Refused:
        return ()


def on_paper(determination: Determination) -> list[str]:
    """What to know before a determination on paper is confirmed: whose it is, and how many days are left."""
    if determination.paper_date is None:
        return []
    words = gettext("%(person)s signed the determination on paper on %(day)s; that is its day.")
    lines = [words % {"person": determination.paper_signed_by, "day": in_words(determination.paper_date)}]
    period = expected_period(determination)
    if period is not None:
        words = gettext("The rectification is due %(due)s: %(days)s calendar days are left, not six months.")
        left = (period.last_day - clock.today()).days
        lines.append(words % {"due": by_day(period.last_day), "days": max(left, 0)})
    return lines


CAUSES = (
    _("Unless it was made on paper, the bank receives a numbered letter of the determination that you sign."),
    _(
        "Criteria not met or serious default: a rectification order is opened with a due date six months "
        "after the determination date, and the bank receives a numbered letter that you sign."
    ),
    _("The bank's standing becomes “under rectification”."),
    _("Serious breach: there is no rectification period; an exit case can be opened from the determination."),
)
