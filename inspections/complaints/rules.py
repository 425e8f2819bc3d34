"""Rules of complaints: what can be entered, what no text may hold, who checks, who withdraws."""

import datetime as dt
import unicodedata

from django.utils.translation import gettext as _

from admission.editions.models import Criterion, PolicyEdition
from admission.editions.terms import CheckName, CriterionGroup
from banks.outlets.models import Outlet
from banks.register.models import Bank
from inspections.complaints.columns import missing
from inspections.complaints.models import Complaint, ComplaintImport
from inspections.complaints.states import ComplaintState
from inspections.complaints.terms import (
    HOTLINES,
    KEPT_DAYS,
    LONGEST_DAYS,
    OTHER_KIND,
    Source,
)
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.wording import by_day, in_words
from zsbank.base.personal_data import Personal, has_no_personal_data, personal_data_in
from zsbank.base.personal_data import in_words as named
from zsbank.base.refusals import ALLOWED, Incomplete, NotAllowed, NotYet, Refused, Verdict, WrongState

NUMBERS_OF_PEOPLE = frozenset({Personal.ID_NUMBER, Personal.BANK_CARD})
"""What a number of a hotline must not be; it may look like a phone number."""


def as_compared(reference: str) -> str:
    """Return a number as it is stored: of one width, in capitals, without blanks."""
    return "".join(unicodedata.normalize("NFKC", reference).split()).upper()


def edition_on(day: dt.date) -> PolicyEdition:
    """Return the edition in force on a day (local date), or today if there was none yet.

    Raises:
        Refused: there is none today.
    """
    edition = PolicyEdition.objects.valid_on(day) or PolicyEdition.objects.valid_on(clock.today())
    if edition is None:
        raise Refused(_("No policy edition is in force today. Ask the bureau to publish one."))
    return edition


def is_a_kind(criterion: Criterion) -> bool:
    """Return whether citizens complain about a criterion: how a bank serves them, and whether its outlets are open."""
    return criterion.group == CriterionGroup.SERVICE or criterion.has_check(CheckName.OUTLETS_OPEN)


def kinds_of(edition: PolicyEdition) -> list[Criterion]:
    """Return the criteria of an edition that are kinds of complaint, in its order."""
    return [one for one in edition.criteria.order_by("number") if is_a_kind(one)]


def criterion_of(kind: str, received_on: dt.date) -> Criterion | None:
    """Return the criterion of a kind of complaint; None for another matter.

    Args:
        kind: the code of the criterion, or `OTHER_KIND`.
        received_on: the local date on which the complaint came in; its edition counts.

    Raises:
        Refused: the edition has no such kind (code "kind").
    """
    if kind == OTHER_KIND:
        return None
    found = next((one for one in kinds_of(edition_on(received_on)) if one.slug == kind), None)
    if found is None:
        words = _("The edition in force on %(day)s has no such kind of complaint. Select another one.")
        raise Refused(words % {"day": in_words(received_on)}, "kind")
    return found


def is_possible_day(bank: Bank, received_on: dt.date) -> Verdict:
    """Check that a complaint came in (local date) neither ahead nor before the bank was first qualified.

    A bank that has left is still complained about: it keeps serving the holders of its cards.
    """
    if received_on > clock.today():
        return Verdict.no("received_on", _("The day lies ahead: nothing can have been received yet."))
    if bank.qualifications.filter(effective_from__lte=received_on).exists():
        return ALLOWED
    words = _("%(bank)s was not qualified on %(day)s.")
    return Verdict.no("received_on", words % {"bank": bank, "day": in_words(received_on)})


def is_possible_reference(source: Source, reference: str) -> Verdict:
    """Check that a hotline's complaint has its number, and that the number is no person's."""
    if source in HOTLINES and not reference:
        return Verdict.no("reference", _("Enter the number that the hotline gave it."), Incomplete)
    found = [one for one in personal_data_in(reference) if one.kind in NUMBERS_OF_PEOPLE]
    return Verdict.no("reference", named(found)) if found else ALLOWED


def is_free(source: Source, reference: str) -> Verdict:
    """Check that no complaint of the source has this number; a withdrawn one frees it, to be entered again."""
    if not reference:
        return ALLOWED
    taken = Complaint.objects.filter(source=source, reference=reference)
    other = taken.exclude(state=ComplaintState.WITHDRAWN).first()
    return ALLOWED if other is None else is_known_as(other.case_number)


def is_known_as(case_number: str) -> Verdict:
    """Return the verdict on a number that a complaint has."""
    return Verdict.no("reference", _("It is entered already as %(number)s.") % {"number": case_number})


def belongs_to(outlet: Outlet | None, bank: Bank) -> Verdict:
    """Check that an outlet is one of the bank."""
    if outlet is None or outlet.bank_id == bank.pk:
        return ALLOWED
    words = _("%(bank)s has no such outlet. Select one of its outlets, or none.")
    return Verdict.no("outlet", words % {"bank": bank})


def is_about_no_person(text: str, bank: Bank) -> Verdict:
    """Check that a text holds no personal data; numbers of the bank and of its outlets are none."""
    if not personal_data_in(text):
        return ALLOWED
    numbers = bank.outlets.values_list("uscc", "license_institution_code", "phone")
    public = {number for row in numbers for number in row} | {*bank.codes, bank.license_institution_code}
    return has_no_personal_data(text, public)


def is_possible_term(days: int) -> Verdict:
    """Check the number of working days for an answer."""
    if 1 <= days <= LONGEST_DAYS:
        return ALLOWED
    return Verdict.no("days", _("Give the bank 1 to %(most)s working days.") % {"most": LONGEST_DAYS})


def may_check(by: User | None, complaint: Complaint) -> Verdict:
    """Check that another person gave the answer."""
    reply = complaint.reply_to_check
    if by is not None and reply is not None and reply.answered_by_id == by.pk:
        words = _("You gave this answer for the bank; another person must check it.")
        return Verdict.no("four_eyes", words, NotAllowed)
    return ALLOWED


def may_close(by: User | None, complaint: Complaint) -> Verdict:
    """Check that another person gave the answer; without one, that the time for it is over."""
    if complaint.is_forwarded and not complaint.is_overdue:
        words = _("The bank may still answer %(day)s.")
        day = by_day(complaint.due_date) if complaint.due_date else ""
        return Verdict.no("not_due", words % {"day": day}, NotYet)
    return may_check(by, complaint)


def may_withdraw(by: User | None, complaint: Complaint) -> Verdict:
    """Check that another person entered the complaint: nobody alone takes one out of the register."""
    if by is not None and by.pk == complaint.entered_by_id:
        words = _("You entered this complaint; another inspector or a decider withdraws it.")
        return Verdict.no("four_eyes", words, NotAllowed)
    return ALLOWED


def is_newly_overdue(by: User | None, complaint: Complaint) -> Verdict:
    """Check that the due date has passed and nobody was told yet."""
    if complaint.overdue_recorded_on is None and complaint.is_overdue:
        return ALLOWED
    return Verdict.no("not_due", str(WrongState.moved_on()), WrongState)


def may_be_taken_in(by: User | None, read: ComplaintImport) -> Verdict:
    """Check that the meaning of the needed columns is known."""
    lacking = missing(read.columns)
    if not lacking:
        return ALLOWED
    words = _("Say first which column is which; not known yet: %(titles)s.")
    return Verdict.no("columns", words % {"titles": "、".join(lacking)}, NotYet)


def may_be_discarded(by: User | None, read: ComplaintImport) -> Verdict:
    """Check, for the sweep, that nobody took it in for `KEPT_DAYS`; a person may discard it at any time."""
    if by is None and read.read_at > clock.days_from_now(-KEPT_DAYS):
        return Verdict.no("not_due", str(WrongState.moved_on()), WrongState)
    return ALLOWED
