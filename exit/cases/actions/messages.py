"""Messages about an exit case, to officers and to the bank."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from banks.members.actions.messages import confirm_submission, notify_members
from exit.cases.models import ExitCase, Ground
from exit.cases.states import ExitState
from exit.cases.terms import ExitGround, Fallen
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with
from zsbank.base.calendar.periods import Period
from zsbank.base.calendar.wording import later_in_words
from zsbank.base.cases.urls import case_page
from zsbank.base.letters.models import Letter
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind, Words
from zsbank.base.permissions import Verb

TO_DO: Words = gettext_lazy("Open the case and check it before you act.")


def notify_officers(case: ExitCase, verb: Verb, title: Words, *, event: str) -> None:
    """Notify the officers whose role permits the next action, `verb`, once per event."""
    notices.post(
        to=people_with(verb),
        key=f"exit:{case.pk}:{event}",
        title=title,
        body=TO_DO,
        link=case_page(case),
        about=f"{case.bank.name} {case.case_number}",
        kind=MessageKind.TASK,
    )


def notify_officers_of_change(case: ExitCase, title: Words, body: Words, event: str) -> None:
    """Notify everybody at the bureau who proposes, signs or closes it; once to each person."""
    roles = [people_with(verb).values("pk") for verb in (Verb.PROPOSE_EXIT, Verb.SIGN_EXIT)]
    notices.post(
        to=User.objects.filter(Q(pk__in=roles[0]) | Q(pk__in=roles[1])),
        key=f"exit:{case.pk}:{event}",
        title=title,
        body=body,
        link=case_page(case),
        about=f"{case.bank.name} {case.case_number}",
        kind=MessageKind.NEWS,
    )


def notify_bank(
    case: ExitCase, what: str, title: Words, body: Words, *, letter: Letter | None = None
) -> None:
    """Notify each member of the bank, once per event."""
    notify_members(
        bank=case.bank,
        key=f"exit:{case.pk}:{what}",
        title=title,
        body=body,
        link=reverse("exit:case", args=[case.pk]),
        number=case.case_number,
        letter=letter,
    )


def confirm_to_bank(case: ExitCase, by: User, event: str, what: Words, then: Words) -> None:
    """Confirm to each member of the bank what one of them submitted."""
    confirm_submission(
        bank=case.bank,
        by=by,
        key=f"exit:{case.pk}:{event}",
        what=what,
        then=then,
        link=reverse("exit:case", args=[case.pk]),
        number=case.case_number,
    )


def notify_bank_of_ground(ground: Ground, *, event: str) -> None:
    """Notify the bank of a ground of the bureau, on which a case is open from now on or which joined one."""
    body = format_lazy(
        gettext_lazy(
            "Ground: {ground}. Nothing changes until the bureau signs a notice; before that, your bank receives a "
            "prior notice and may state its case."
        ),
        ground=ExitGround(ground.kind).label,
    )
    title = (
        gettext_lazy("The bureau opened an exit case")
        if event == ExitState.OPENED
        else gettext_lazy("A ground joined the exit case")
    )
    notify_bank(ground.case, event, title, body)


def notify_bank_of_fallen_ground(ground: Ground, *, goes_on: bool) -> None:
    """Notify the bank that the bureau no longer relies on a ground, and whether others are left."""
    rest = (
        gettext_lazy("The case goes on, on the other grounds.")
        if goes_on
        else gettext_lazy("The case cannot be signed; the bureau will close it and tell you.")
    )
    body = format_lazy(
        gettext_lazy("{number}, {ground}: {why} {rest}"),
        number=ground.case.case_number,
        ground=ExitGround(ground.kind).label,
        why=Fallen(ground.ended_why).label,
        rest=rest,
    )
    title = gettext_lazy("A ground of the exit case no longer stands")
    notify_bank(ground.case, f"ended:{ground.pk}", title, body)


def notify_bank_of_exit(case: ExitCase, bar: Period) -> None:
    """Notify the bank of the end of its qualification and of the bar."""
    body = format_lazy(
        gettext_lazy(
            "The issuing qualification of your bank is cancelled from {day}; your bank may no longer issue cards. "
            "Letter number: {letter}. It may not apply again for {years} years: until {last} (that day included), "
            "and again from {first}."
        ),
        day=later_in_words(timezone.localtime(case.signed_at).date()),
        letter=case.letter,
        years=bar.n,
        last=later_in_words(bar.last_day),
        first=later_in_words(bar.first_day_after),
    )
    title = gettext_lazy("The issuing qualification is cancelled")
    notify_bank(case, "signed", title, body, letter=case.letter)
