"""Actions on people: entering them, giving them roles at the bureau, ending accounts and sign-ins."""

import logging

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from zsbank.base.accounts import sessions
from zsbank.base.accounts.allauth_private import filter_users_by_email
from zsbank.base.accounts.models import Identity, User
from zsbank.base.accounts.rules import (
    may_be_deactivated,
    may_be_disconnected,
    may_hold_too,
    not_oneself,
    staff_roles,
)
from zsbank.base.actions.door import action
from zsbank.base.actions.running import record
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb
from zsbank.base.refusals import NotAllowed, Refused, WrongState, filled
from zsbank.base.roles import STAFF_ROLES, Role

logger = logging.getLogger(__name__)

SIGN_IN_VERBS = (
    Verb.SIGN_IN,
    Verb.SIGN_OUT,
    Verb.REFUSE_SIGN_IN,
    Verb.CONFIRM_SIGN_IN,
    Verb.CHANGE_SIGN_IN,
    Verb.CONNECT_IDENTITY,
)
"""What the journal holds of people signing in: personal, so not for everybody who reads the journal."""


@action(Verb.ENTER_PERSON, makes=True, by_clock=True)
def enter_person(*, username: str, name: str, email: str, password: str | None, by: User | None) -> User:
    """Enter a person. Without a password they cannot sign in until one is set.

    Args:
        by: None for the set-up of the register.

    Raises:
        NotAllowed: `by` is not a security administrator.
        Refused: the sign-in name is taken.
    """
    return new_person(username=username, name=name, email=email, password=password)


def new_person(*, username: str, name: str, email: str, password: str | None) -> User:
    """The account of a person; made inside the action that records it.

    Raises:
        Refused: the sign-in name is taken.
    """
    if User.objects.filter(username=username).exists():
        raise Refused(_("The sign-in name %(name)s is taken. Choose another.") % {"name": username}, "taken")
    return User.objects.create_user(username=username, email=email, password=password, name=name)


@action(Verb.ENTER_PERSON, by_clock=True)
def enter_officer(*, username: str, name: str, email: str, role: Role, by: User | None) -> User:
    """Enter an officer of the bureau with a first role; they set their password by the mail that sign-in offers.

    Args:
        by: None for the first security administrator.

    Raises:
        NotAllowed: `by` is not a security administrator.
        Refused: the sign-in name is taken, or the role is held at a bank.
    """
    person = new_person(username=username, name=name, email=email, password=None)
    record(subject=person)
    return grant_role(person=person, role=role, by=by)


@transaction.atomic
def record_sign_in(*, person: User, address: str, shown: list[str]) -> None:
    """Record that a person signed in, from which address, and what they showed: `password`, `totp`, `webauthn`."""
    journal.record(verb=Verb.SIGN_IN, by=person, subject=person, data={"address": address, "shown": shown})


@transaction.atomic
def record_sign_out(*, person: User) -> None:
    """Record that a person signed out."""
    journal.record(verb=Verb.SIGN_OUT, by=person, subject=person)


@transaction.atomic
def record_refused_sign_in(*, named: str, address: str) -> None:
    """Record a sign-in that was refused. A name that nobody has is not kept: it may be a password."""
    person = User.objects.filter(Q(username__iexact=named) | Q(email__iexact=named)).first()
    journal.record(verb=Verb.REFUSE_SIGN_IN, by=None, subject=person, data={"address": address})


@transaction.atomic
def record_refused_factor(*, person: User, address: str, shown: str) -> None:
    """Record a `code` or `passkey` that was refused after the password fitted, or before a decision."""
    data = {"address": address, "shown": shown}
    journal.record(verb=Verb.REFUSE_SIGN_IN, by=None, subject=person, data=data)


@transaction.atomic
def record_reauthentication(*, person: User, address: str, shown: str) -> None:
    """Record that somebody who is signed in authenticated again: `password`, `code` or `passkey`."""
    data = {"address": address, "shown": shown}
    journal.record(verb=Verb.CONFIRM_SIGN_IN, by=person, subject=person, data=data)


@transaction.atomic
def record_sign_in_change(*, person: User, what: str) -> None:
    """Record a change of how a person signs in, such as `totp_activated` or `password_changed`."""
    journal.record(verb=Verb.CHANGE_SIGN_IN, by=person, subject=person, data={"what": what})


def mail_way_back(*, email: str) -> int:
    """Mail the link to a new password to everybody with this address; return how many they are.

    Done by a worker, not while the page waits: how long a page takes would tell whether somebody has the address.
    """
    people = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
    for person in people:
        key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
        link = f"{settings.SITE_ADDRESS}{reverse('account_reset_password_from_key', kwargs=key)}"
        body = f"有人为您的账号 {person.username} 申请设置新密码。如非本人操作，请忽略此邮件。\n\n{link}\n"
        try:
            send_mail("设置新密码", body, settings.DEFAULT_FROM_EMAIL, [person.email])
        except OSError:
            logger.exception("a mail for a new password could not be sent")
    return len(people)


@transaction.atomic
def recognise(*, issuer: str, subject: str, claimed: str) -> User:
    """The person whom the identity service names; the first time, the account is connected with the name there.

    Args:
        issuer: the identity service, as it names itself.
        subject: who it is there; the service never gives it to somebody else.
        claimed: the account name that the service says; asked only the first time, and never an e-mail address.

    Raises:
        NotAllowed: nobody active has this account name, or somebody else at the service is connected with it. The
            words are always the same: they do not tell which accounts exist.
    """
    connected = Identity.objects.select_related("person").filter(issuer=issuer, subject=subject).first()
    person = connected.person if connected else _connected(issuer, subject, claimed)
    if person is None or not person.is_active:
        raise NotAllowed(_("The identity service names nobody who has an account here."))
    return person


def _connected(issuer: str, subject: str, claimed: str) -> User | None:
    named = User.objects.select_for_update(no_key=True).filter(is_active=True, username=claimed)
    person = named.first()
    if person is None or Identity.objects.filter(person=person).exists():
        return None
    Identity.objects.create(person=person, issuer=issuer, subject=subject)
    journal.record(verb=Verb.CONNECT_IDENTITY, by=person, subject=person, data={"issuer": issuer})
    return person


@action(
    Verb.DISCONNECT_IDENTITY,
    on="person",
    rule=may_be_disconnected,
)
def disconnect_identity(*, person: User, by: User) -> User:
    """Remove a person's connection with the identity service, as when the service has given them another name.

    Whoever signed in by it is signed out.

    Raises:
        NotAllowed: `by` is not a security administrator, or does it to themselves.
        WrongState: the person is not connected.
    """
    Identity.objects.filter(person=person).delete()
    sessions.end(person)
    return person


@action(
    Verb.REVOKE_ROLE,
    on="person",
    rule=not_oneself(_lazy("Nobody removes a role from themselves. Ask another security administrator.")),
)
def revoke_role(*, person: User, role: Role, by: User) -> User:
    """Remove a role at the bureau from a person; with the last one they no longer enter the desk.

    Raises:
        NotAllowed: `by` is not a security administrator, or removes the role from themselves.
        WrongState: the person does not hold it.
    """
    group = person.groups.filter(name=role.value).first()
    if group is None:
        raise WrongState.moved_on()
    person.groups.remove(group)
    person.is_staff = person.groups.exists()
    person.save(update_fields=["is_staff"])
    record(data={"role": role.value})
    return person


@action(Verb.DEACTIVATE_PERSON, on="person", rule=may_be_deactivated)
def deactivate_person(*, person: User, by: User) -> User:
    """End a person's account, from their next request on. What they did stays under their name.

    Raises:
        NotAllowed: `by` is not a security administrator, or ends their own account.
        WrongState: the account has ended already.
    """
    person.is_active = False
    person.save(update_fields=["is_active"])
    sessions.end(person)
    return person


@action(Verb.END_SIGN_INS, on="person")
def end_sign_ins(*, person: User, by: User) -> int:
    """Sign a person out in every browser, as when a device is lost.

    Returns:
        How many sign-ins that were.

    Raises:
        NotAllowed: `by` is not a security administrator.
    """
    ended = sessions.end(person)
    record(data={"ended": ended})
    return ended


@action(
    Verb.REMOVE_SECOND_FACTOR,
    on="person",
    rule=not_oneself(_lazy("Nobody resets their own second factor. Ask another security administrator.")),
)
def remove_second_factor(*, person: User, identified: str, by: User) -> None:
    """Reset a lost second factor; the person is signed out, and sets up another one at their next sign-in.

    Args:
        identified: how `by` made sure who asks, as when the account was given.

    Raises:
        NotAllowed: `by` is not a security administrator, or does it for themselves.
        Incomplete: it is not said how the person was identified.
        WrongState: the person has none.
    """
    identified = filled(identified, _("Say how you made sure who the person is."))
    removed, _kinds = Authenticator.objects.filter(user=person).delete()
    if not removed:
        raise WrongState(_("The person has no second factor."))
    sessions.end(person)
    record(reason=identified)


@action(
    Verb.GRANT_ROLE,
    on="person",
    rule=not_oneself(_lazy("Nobody gives a role to themselves. Ask another security administrator.")),
    by_clock=True,
)
def grant_role(*, person: User, role: Role, by: User | None) -> User:
    """Give a person a role at the bureau.

    Args:
        by: None for the set-up of the register.

    Raises:
        NotAllowed: `by` is not a security administrator, or gives the role to themselves; or the person is one of
            the three administrators and may not be another.
        Refused: the role is one that banks give to their own people.
    """
    if role not in STAFF_ROLES:
        raise Refused(_("This role is held at a bank, not at the bureau."))
    may_hold_too(staff_roles(person), role).require()
    group, _created = Group.objects.get_or_create(name=role.value)
    person.groups.add(group)
    person.is_staff = True
    person.save(update_fields=["is_staff"])
    record(data={"role": role.value})
    return person
