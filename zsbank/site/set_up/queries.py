"""What the set-up page shows: its lines for a person, the bureau's own data, and mail."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import User
from zsbank.base.accounts.rules import staff_may
from zsbank.base.cases.registry import set_up
from zsbank.base.cases.set_up import Proof, SetUp, Standing
from zsbank.base.notices.actions import unsent_messages
from zsbank.base.notices.models import Message
from zsbank.base.office import office
from zsbank.base.roles import Role
from zsbank.site.set_up.terms import OFFICE_SETTINGS, TEST_MAIL


@dataclass(frozen=True)
class Line:
    """A line of the page: `address` is empty if this person cannot open it, `who` names the roles that do it."""

    declared: SetUp
    proof: Proof
    address: str
    who: str

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self.proof.standing == Standing.DONE

    @property
    def is_open(self) -> bool:
        """Whether something is missing."""
        return self.proof.standing == Standing.OPEN


def lines_for(person: User) -> list[Line]:
    """Return all lines, in their order."""
    return [_line(declared, person) for declared in set_up()]


def _line(declared: SetUp, person: User) -> Line:
    opens = staff_may(person, declared.seen_with)
    roles = [role for role in Role if any(role in verb.roles for verb in declared.done_by)]
    who = "、".join(str(role.label) for role in roles)
    return Line(declared, declared.look(), declared.address() if opens else "", who)


def bureau_data() -> Proof:
    """Look for the office whom banks can ask."""
    asked = office()
    missing = [variable for part, variable in OFFICE_SETTINGS.items() if not getattr(asked, part)]
    if missing:
        given = {"bureau": asked.bureau, "names": "、".join(missing)}
        return Proof.open(_("%(bureau)s; not set where the program is started: %(names)s") % given)
    return Proof.done(f"{asked.bureau}，{asked.name}，{asked.phone}，{asked.hours}，{asked.address}")


def mail() -> Proof:
    """Look for mail that waits, and for the last test mail."""
    if not settings.EMAIL_HOST:
        words = _("No mail server is set (ZSBANK_MAIL_HOST); mails are files in the folder mail of the data")
        return Proof.open(words)
    failing = unsent_messages().exclude(mail_error="").order_by("-next_attempt_at", "-pk").first()
    if failing is not None:
        given = {"n": unsent_messages().count(), "error": failing.mail_error.partition(":")[0]}
        return Proof.open(_("%(n)s waiting for the next attempt; last error: %(error)s") % given)
    last = Message.objects.filter(key__startswith=TEST_MAIL).order_by("-pk").first()
    if last is None:
        return Proof.open(_("No test mail has been sent yet"))
    if last.mailed_at is None:
        return Proof.look(_("The test mail is being sent; reload this page in a minute"))
    at = localtime(last.mailed_at).strftime("%Y-%m-%d %H:%M")
    return Proof.done(_("The mail server took a test mail at %(at)s; look whether it arrived") % {"at": at})
