"""Actions on applications: started, submitted, withdrawn."""

from django.db import transaction
from django.utils.translation import gettext as _

from admission.applications.actions.cases import lock, note, require_state
from admission.applications.models import Application
from admission.applications.rules import may_start, may_submit
from admission.applications.states import ApplicationState
from admission.editions.models import PolicyEdition
from banks.register import actions as banks
from banks.register.models import Bank
from banks.register.rules import require
from zsbank.base.accounts.models import User
from zsbank.base.calendar import clock
from zsbank.base.calendar.periods import Unit, reckon
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, Refused


@transaction.atomic(durable=True)
def start_application(*, bank: Bank, by: User) -> Application:
    """Start an application under the policy edition that is valid today.

    Raises:
        Refused: barred (with the first day the bank may apply), qualified already, or another one is open.
    """
    require(by, Verb.START_APPLICATION, bank=bank)
    bank = banks.lock(bank.pk)
    may_start(bank, on=clock.today()).require()
    edition = PolicyEdition.objects.valid_on(clock.today())
    if edition is None:
        raise Refused(_("No policy edition is in force today. Ask the bureau to publish one."))
    application = Application.objects.create(
        bank=bank,
        edition=edition,
        case_number=banks.next_case_number("ZR"),
        started_at=clock.now(),
        started_by=by,
    )
    note(application, Verb.START_APPLICATION, by)
    return application


@transaction.atomic(durable=True)
def submit_application(*, application: Application, by: User) -> Application:
    """Hand in a complete application. The bureau accepts it within the edition's working days (law.md §2).

    Raises:
        Incomplete: something is missing, or the bank may not apply.
    """
    require(by, Verb.SUBMIT_APPLICATION, bank=application.bank)
    application = lock(application)
    require_state(application, ApplicationState.DRAFT)
    may_submit(application, on=clock.today()).require(Incomplete)
    period = reckon(clock.today(), application.edition.acceptance_days, Unit.WORKDAY)
    before = application.state
    application.submit()
    application.submitted_at, application.submitted_by = clock.now(), by
    application.accept_by, application.accept_period = period.last_day, period.to_json()
    application.save(update_fields=["state", "submitted_at", "submitted_by", "accept_by", "accept_period"])
    note(application, Verb.SUBMIT_APPLICATION, by, before, accept_by=period.last_day)
    return application


@transaction.atomic(durable=True)
def withdraw_application(*, application: Application, by: User, reason: str) -> Application:
    """The bank takes its application back, at any time until it is decided."""
    require(by, Verb.WITHDRAW_APPLICATION, bank=application.bank)
    application = lock(application)
    before = application.state
    require_state(
        application,
        ApplicationState.DRAFT,
        ApplicationState.SUBMITTED,
        ApplicationState.SUPPLEMENTING,
        ApplicationState.UNDER_REVIEW,
        ApplicationState.RECOMMENDED,
    )
    application.withdraw()
    application.closed_on = clock.today()
    application.save(update_fields=["state", "closed_on"])
    application.supplement_requests.filter(closed_on=None).update(closed_on=clock.today())
    note(application, Verb.WITHDRAW_APPLICATION, by, before, reason)
    return application
