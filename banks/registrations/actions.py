"""Actions on registrations that are judged: enter, confirm, decline."""

from collections.abc import Iterable

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banks.register.actions import register_judged_bank
from banks.register.queries import known_like
from banks.register.rules import checked_data
from banks.register.terms import BankCategory
from banks.registrations.models import Registration
from banks.registrations.rules import may_judge
from banks.registrations.states import RegistrationState
from zsbank.base.accounts.models import User
from zsbank.base.accounts.queries import people_with, still_with
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.calendar import clock
from zsbank.base.cases.urls import case_page
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind, Words
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused, filled


@action(Verb.REQUEST_REGISTRATION, makes=True)
def request_registration(
    *,
    name: str,
    uscc: str,
    category: BankCategory,
    license_institution_code: str,
    address: str,
    statement: str,
    by: User,
) -> Registration:
    """Enter a bank whose data look like those of a known one; it is registered when another person confirms it.

    Args:
        statement: why it is another legal entity.

    Raises:
        NotAllowed: `by` is not an intake officer.
        Incomplete: the statement is empty.
        Refused: a code is not valid, the bank is registered, or the same registration waits already.
    """
    statement = filled(statement, _("Say why it is another legal entity."))
    data = checked_data(name, uscc, category, license_institution_code, address)
    if Registration.objects.filter(uscc=data["uscc"], state=RegistrationState.PENDING).exists():
        raise Refused(_("A registration with this unified social credit code is being judged."), "pending")
    registration: Registration = Registration.objects.create(
        **data, statement=statement, requested_at=clock.now(), requested_by=by
    )
    record(subject=registration, reason=statement, uscc=registration.uscc, data=_alike(registration))
    _tell(
        registration,
        people_with(Verb.CONFIRM_REGISTRATION),
        "entered",
        gettext_lazy("A registration of a bank awaits judgement"),
        MessageKind.TASK,
    )
    return registration


@action(Verb.CONFIRM_REGISTRATION, on="registration", moves=Registration.confirm, rule=may_judge)
def confirm_registration(*, registration: Registration, by: User, reason: str) -> Registration:
    """Confirm that it is another legal entity, and register the bank as an applicant.

    Raises:
        NotAllowed: the role, or the person entered the registration (four eyes).
        WrongState: it was judged already.
        Incomplete: the reason is empty.
        Refused: a bank with this code was registered meanwhile.
    """
    _decide(registration, by, filled(reason, _("Say why it is another legal entity.")))
    alike = _alike(registration)
    registration.bank = register_judged_bank(data=registration.data, by=by)
    registration.confirm()
    registration.save(update_fields=["state", "decided_at", "decided_by", "decision", "bank"])
    record(reason=registration.decision, data=alike)
    _tell(
        registration,
        still_with(registration.requested_by, Verb.REQUEST_REGISTRATION),
        "judged",
        gettext_lazy("The bank is registered"),
        MessageKind.NEWS,
    )
    return registration


@action(Verb.DECLINE_REGISTRATION, on="registration", moves=Registration.decline, rule=may_judge)
def decline_registration(*, registration: Registration, by: User, reason: str) -> Registration:
    """Decline the registration: it is a bank of the register, or its data are wrong.

    Raises:
        NotAllowed: the role, or the person entered the registration (four eyes).
        WrongState: it was judged already.
        Incomplete: the reason is empty.
    """
    _decide(registration, by, filled(reason, _("Enter the reason.")))
    registration.decline()
    registration.save(update_fields=["state", "decided_at", "decided_by", "decision"])
    record(reason=registration.decision, uscc=registration.uscc, data=_alike(registration))
    _tell(
        registration,
        still_with(registration.requested_by, Verb.REQUEST_REGISTRATION),
        "judged",
        gettext_lazy("The registration of the bank is not confirmed"),
        MessageKind.NEWS,
    )
    return registration


def _decide(registration: Registration, by: User, reason: str) -> None:
    registration.decided_at, registration.decided_by, registration.decision = clock.now(), by, reason


def _alike(registration: Registration) -> dict[str, list[str]]:
    """Return for the journal which banks the data look like now."""
    return {"looks_like": [str(one) for one in known_like(registration.data)]}


def _tell(registration: Registration, to: Iterable[User], what: str, title: Words, kind: MessageKind) -> None:
    """Notify officers, once per event."""
    reason = format_lazy(gettext_lazy("Reason: {reason}"), reason=registration.decision)
    body = gettext_lazy("Open the case, check it and decide.") if kind is MessageKind.TASK else reason
    notices.post(
        to=to,
        key=f"registration:{registration.pk}:{what}",
        title=title,
        body=body,
        link=case_page(registration),
        about=registration.name,
        kind=kind,
    )
