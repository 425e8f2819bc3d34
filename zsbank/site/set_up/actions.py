"""The test mail that an administrator sends to himself."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zsbank.base.accounts.counts import DAY, times
from zsbank.base.accounts.models import User
from zsbank.base.actions.door import action
from zsbank.base.calendar import clock
from zsbank.base.notices import actions as notices
from zsbank.base.notices.terms import MessageKind
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Refused
from zsbank.site.set_up.terms import TEST_MAIL, TESTS_A_DAY


@action(Verb.SEND_TEST_MAIL, on="reader")
def send_test_mail(*, reader: User, by: User) -> None:
    """Send a mail to oneself, the same way as every other mail of the register.

    Args:
        reader: the person who gets it, the same as `by`.

    Raises:
        NotAllowed: the role.
        Refused: it is another person's address, `by` has no address, or enough were sent today.
    """
    if reader != by:
        raise Refused(_("A test mail goes to oneself only."))
    if not by.email:
        raise Refused(_("Your account has no e-mail address."))
    if times(f"test-mail:{by.pk}", seconds=DAY) > TESTS_A_DAY:
        words = _("You have sent %(n)s test mails in 24 hours. Look at the last error first.")
        raise Refused(words % {"n": TESTS_A_DAY})
    notices.post(
        to=[by],
        key=f"{TEST_MAIL}{by.pk}:{clock.now().isoformat()}",
        title=gettext_lazy("Test mail of the register"),
        body=gettext_lazy("If you read this in your mailbox, the register can send mail."),
        link=reverse("set_up:page"),
        kind=MessageKind.TASK,
    )
