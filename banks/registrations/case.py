"""Declaration of registrations that are judged: states, actions, work item, check and words."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from banks.register.actions import register_bank
from banks.register.models import Bank
from banks.register.queries import known_like
from banks.register.terms import BankCategory
from banks.registrations.actions import confirm_registration, decline_registration, request_registration
from banks.registrations.desk import RegistrationDesk
from banks.registrations.forms import RegistrationForm
from banks.registrations.models import Registration
from banks.registrations.queries import confirmed, to_be_judged_by
from banks.registrations.states import RegistrationState
from zsbank.base.calendar import clock
from zsbank.base.cases.case import Case
from zsbank.base.cases.checks import recorded_once
from zsbank.base.cases.forms import ReasonForm
from zsbank.base.cases.offers import Offer
from zsbank.base.cases.pages import SidebarEntry, SidebarGroup
from zsbank.base.cases.search import Search
from zsbank.base.cases.turns import BUREAUS_TURN, DONE, STOPPED, Shown, Text
from zsbank.base.cases.work import Waiting
from zsbank.base.permissions import Verb


def _register(by: Any, _case: Any, given: dict[str, Any]) -> object:
    """Register the bank; with a statement, a bank that looks like a known one is left to a second person."""
    data = given | {"category": BankCategory(given["category"])}
    statement = data.pop("statement").strip()
    if statement and known_like({name: str(value) for name, value in data.items()}):
        return request_registration(**data, statement=statement, by=by)
    return register_bank(**data, by=by)


def _what_came_of_it(made: object) -> Text:
    """Say that a registration waits for a second person; nothing of its own for a bank that was registered."""
    if isinstance(made, Registration):
        return _("The bank is not registered yet: another person judges whether it is another legal entity.")
    return ""


def _notes(registration: Registration) -> list[str]:
    """Return what the person reads before judging: the data, the statement, and the banks that they look like now."""
    own = [f"{label}：{value}" for label, value in registration.described()]
    alike = [str(_("Looks like %(bank)s.") % {"bank": one}) for one in known_like(registration.data)]
    return [*own, *(alike or [str(_("It no longer looks like any bank in the register."))])]


def confirmed_are_recorded() -> Iterator[str]:
    """Integrity check: every confirmed registration has one journal entry."""
    keys = confirmed().values_list("pk", flat=True)
    yield from recorded_once("banks.registration", keys, Verb.CONFIRM_REGISTRATION)


CASES = (
    Case(
        model=Bank,
        list_offers=(
            Offer(
                register_bank,
                _("Register a bank"),
                (
                    _("The bank is added to the register as an applicant."),
                    _("Next, invite its first administrator, who applies in the portal."),
                    _(
                        "If the data look like those of a known bank, another person judges the registration first."
                    ),
                ),
                form=lambda case: RegistrationForm,
                run=_register,
                done=_what_came_of_it,
            ),
        ),
    ),
    Case(
        model=Registration,
        states={
            RegistrationState.PENDING: Shown(BUREAUS_TURN, next=_("Judge the registration")),
            RegistrationState.CONFIRMED: Shown(DONE),
            RegistrationState.DECLINED: Shown(STOPPED),
        },
        offers=(
            Offer(
                confirm_registration,
                _("Confirm: another legal entity"),
                (
                    _("The bank is added to the register as an applicant."),
                    _("The bar of a bank that it looks like does not pass to it."),
                ),
                form=lambda case: ReasonForm,
                notes=_notes,
                grave=True,
            ),
            Offer(
                decline_registration,
                _("Decline the registration"),
                (
                    _("No bank is added to the register."),
                    _("If it is a known bank, enter the change of its data on that bank's page."),
                ),
                form=lambda case: ReasonForm,
                notes=_notes,
            ),
        ),
        desk=RegistrationDesk,
        waiting=(
            Waiting(
                confirm_registration,
                _("Judge whether it is another legal entity"),
                to_be_judged_by,
                about=lambda row: row.uscc,
                since=lambda row: clock.local_day(row.requested_at),
            ),
        ),
        search=Search(names=("name",), codes=("uscc", "license_institution_code")),
        sidebar=SidebarEntry(SidebarGroup.REGISTERS, _("Registrations to be judged"), place=15),
        entries={
            Verb.REQUEST_REGISTRATION: _("entered a bank that looks like a known one"),
            Verb.CONFIRM_REGISTRATION: _("confirmed that the bank is another legal entity"),
            Verb.DECLINE_REGISTRATION: _("declined the registration of the bank"),
        },
        labels={"looks_like": _("looks like")},
        checks=(confirmed_are_recorded,),
    ),
)
