"""Making a determination: by a decider's own act; the order opens in the same transaction (exit （二）1, 2)."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from banks.hearings.rules import notices_on
from inspections.determinations.actions.messages import tell_bank_that_it_was_made, tell_proposer
from inspections.determinations.actions.proposals import paper_in_journal
from inspections.determinations.letters import determination_letter
from inspections.determinations.models import MADE_ONLY, Determination
from inspections.determinations.rules import day_of, may_confirm, may_make
from inspections.rectification.actions.orders import open_order
from inspections.rectification.queries import order_after
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import later_in_words
from zsbank.base.journal.facts import ask_journal
from zsbank.base.letters import actions as letters
from zsbank.base.permissions import Verb


@action(Verb.MAKE_DETERMINATION, on="determination", moves=Determination.make, rule=may_make)
def make_determination(*, determination: Determination, by: User) -> Determination:
    """Make a determination as one's own, with a letter; unless it is a serious breach, the order opens with it.

    The day of determination is today, or the day of the paper that the person signed; that paper is then its document,
    and no further letter is signed.

    Raises:
        NotAllowed: the role, a declared conflict, or the person proposed it (four eyes).
        WrongState: it is decided or withdrawn already, or another person signed it on paper.
        Incomplete: criteria are no longer met, and none is given; or the bank may still state its case, or was not
            answered (law.md §2).
        Refused: the qualification has ended, a criterion belongs to another edition, the day is impossible, or the
            journal contradicts what was proposed (code "contradicted").
    """
    return _make(determination, by, decided_by=by)


@action(Verb.CONFIRM_DETERMINATION, on="determination", moves=Determination.make, rule=may_confirm)
def confirm_determination(*, determination: Determination, by: User) -> Determination:
    """Confirm that another person made the determination on paper, who may have left since.

    It is that person's determination, on the day of the paper; the order opens now, signed by who confirms.

    Raises:
        NotAllowed: the role, a declared conflict, or the person proposed it (four eyes).
        WrongState: it is decided or withdrawn already, or nobody else signed it on paper.
        Incomplete: criteria are no longer met, and none is given.
        Refused: the qualification has ended, a criterion belongs to another edition, the day is impossible, or the
            journal contradicts what was proposed (code "contradicted").
    """
    return _make(determination, by, decided_by=determination.paper_signed_by or by)


def _make(determination: Determination, by: User, *, decided_by: User) -> Determination:
    """Sign its letter unless it is on paper, store who made it and when, and open the order that follows.

    What was proposed, and how the bank was heard on it, is compared with the journal before anything is signed.
    """
    ask_journal(determination, determination.qualification, determination.bank, *notices_on(determination))
    determination.determination_date = day_of(determination)
    determination.make()
    determination.decided_by, determination.made_at = decided_by, clock.now()
    determination.confirmed_by = None if decided_by == by else by
    if not determination.is_on_paper:
        letter = letters.sign(data=determination_letter(determination), case=determination, by=by)
        determination.letter = letter
        tell_bank_that_it_was_made(determination, letter, determination.determination_date)
    determination.save(update_fields=[*MADE_ONLY, "state", "confirmed_by", "letter"])
    data = {"kind": determination.kind, "date": determination.determination_date}
    record(data=data | paper_in_journal(determination))
    if determination.is_rectifiable:
        order = order_after(determination)
        order.save()
        open_order(order=order, by=by)
    said = gettext_lazy("Day of the determination: {day}.")
    body = format_lazy(said, day=later_in_words(determination.determination_date))
    tell_proposer(determination, gettext_lazy("The determination is made"), body)
    return determination
