"""Mails about accounts, in place of those of allauth: plain text in the reader's language, signed by the bureau."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zsbank.base.office import signature

Words = str | Promise

CHANGES: dict[str, Words] = {
    "account/email/password_changed": gettext_lazy("Your password was changed"),
    "account/email/password_set": gettext_lazy("A password was set for your account"),
    "account/email/password_reset": gettext_lazy("Your password was reset"),
    "account/email/email_changed": gettext_lazy("Your e-mail address was changed"),
    "account/email/email_confirm": gettext_lazy("Your e-mail address was confirmed"),
    "account/email/email_deleted": gettext_lazy("An e-mail address was removed from your account"),
    "mfa/email/totp_activated": gettext_lazy("An authenticator was set up for your account"),
    "mfa/email/totp_deactivated": gettext_lazy("The authenticator of your account was deactivated"),
    "mfa/email/webauthn_added": gettext_lazy("A passkey was added to your account"),
    "mfa/email/webauthn_removed": gettext_lazy("A passkey was removed from your account"),
    "mfa/email/recovery_codes_generated": gettext_lazy("New recovery codes were created for your account"),
}
"""Notifications that something was changed, by the name that allauth gives them."""

REQUESTS: dict[str, tuple[Words, Words, str]] = {
    "account/email/email_confirmation": (
        gettext_lazy("Confirm your e-mail address"),
        gettext_lazy("This address was entered for an account of the register. Open the link to confirm it:"),
        "activate_url",
    ),
    "account/email/password_reset_key": (
        gettext_lazy("Set a new password"),
        gettext_lazy("A new password was requested for your account. Open the link to set it:"),
        "password_reset_url",
    ),
    "account/email/account_already_exists": (
        gettext_lazy("This e-mail address already belongs to an account"),
        gettext_lazy(
            "This address was entered for another account, but it already belongs to one. If you forgot the "
            "password, open the link to set a new one:"
        ),
        "password_reset_url",
    ),
}
"""Mails with a link, by the name that allauth gives them: subject, text, and the name of the link."""


def mail_of(prefix: str, given: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return subject and text of a mail; None for one that this program does not send.

    Args:
        prefix: the name that allauth gives it, such as `mfa/email/totp_activated`.
        given: what allauth knows about it.
    """
    prefix = prefix.removesuffix("_signup")
    if prefix in CHANGES:
        return str(CHANGES[prefix]), "\n".join(_change(CHANGES[prefix], given))
    if prefix in REQUESTS:
        title, words, link = REQUESTS[prefix]
        return str(title), request_text(str(words), str(given.get(link, "")))
    return None


def password_reset_mail(username: str, link: str) -> tuple[str, str]:
    """Return subject and text of the mail with the link for a new password."""
    words = _("A new password was requested for your account %(name)s. Open the link to set it:")
    return _("Set a new password"), request_text(words % {"name": username}, link)


def request_text(words: str, link: str) -> str:
    """Return the text of a mail that somebody asked for, with its link."""
    ignore = _("If you did not ask for this, ignore this mail; nothing changes.")
    return f"{words}\n\n{link}\n\n{ignore}\n\n{signature()}"


def _change(words: Words, given: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a notification."""
    person = given.get("user") or getattr(given.get("request"), "user", "")
    yield _("%(person)s:") % {"person": person}
    yield ""
    yield _("%(change)s.") % {"change": words}
    yield ""
    for label, text in _origin(given):
        yield _("%(label)s: %(text)s") % {"label": label, "text": text}
    yield ""
    yield _(
        "If this was not you, change your password at once and tell your bank's administrator or the bureau."
    )
    yield ""
    yield signature()


def _origin(given: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield when and from where the change was made."""
    texts: dict[str, Callable[[Any], str]] = {
        "timestamp": lambda moment: timezone.localtime(moment).strftime("%Y-%m-%d %H:%M"),
        "ip": str,
        "user_agent": str,
    }
    labels = {"timestamp": _("Time"), "ip": _("Network address"), "user_agent": _("Browser")}
    for name, shown in texts.items():
        if given.get(name):
            yield labels[name], shown(given[name])
