"""Actions on people: entering them, granting roles at the bureau, ending accounts and sign-ins."""

import logging

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zsbank.base.accounts import sessions
from zsbank.base.accounts.allauth_private import filter_users_by_email
from zsbank.base.accounts.counts import DAY, times
from zsbank.base.accounts.mails import password_reset_mail
from zsbank.base.accounts.models import Identity, User
from zsbank.base.accounts.rules import (
    may_also_hold,
    may_be_deactivated,
    may_be_disconnected,
    may_have_office_phone,
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


@action(Verb.ENTER_PERSON, makes=True, by_clock=True)
def enter_person(
    *,
    username: str,
    name: str,
    email: str,
    password: str | None,
    by: User | None,
    office_phone: str = "",
) -> User:
    """Enter a person. Without a password they cannot sign in until one is set.

    Args:
        office_phone: of an officer; banks see it on the cases that the officer handles.
        by: None for the set-up of the register.

    Raises:
        NotAllowed: `by` is not a security administrator.
        Refused: the sign-in name is taken.
    """
    return new_person(username=username, name=name, email=email, password=password, office_phone=office_phone)


def new_person(*, username: str, name: str, email: str, password: str | None, office_phone: str = "") -> User:
    """Create an account, inside the action that records it.

    Raises:
        Refused: the sign-in name is taken.
    """
    if User.objects.filter(username=username).exists():
        raise Refused(
            _("The sign-in name %(name)s is already in use. Choose another one.") % {"name": username},
            "taken",
        )
    return User.objects.create_user(
        username=username, email=email, password=password, name=name, office_phone=office_phone
    )


@action(Verb.ENTER_PERSON, by_clock=True)
def enter_officer(*, username: str, name: str, email: str, role: Role, by: User | None) -> User:
    """Enter an officer of the bureau with a first role; they set a password with "forgotten password".

    Args:
        by: None for the first security administrator.

    Raises:
        NotAllowed: `by` is not a security administrator.
        Refused: the sign-in name is taken, or the role is one of a bank.
    """
    person = new_person(username=username, name=name, email=email, password=None)
    record(subject=person)
    return grant_role(person=person, role=role, by=by)


@action(Verb.CHANGE_OFFICE_PHONE, on="person", rule=may_have_office_phone)
def change_office_phone(*, person: User, office_phone: str, by: User) -> User:
    """Change the office phone of an officer, which banks see on the cases that the officer handles.

    The number is not in the journal.

    Args:
        office_phone: may be empty: then banks see the phone of the office.

    Raises:
        NotAllowed: `by` is not a security administrator.
        Refused: the person is not staff of the bureau.
    """
    person.office_phone = office_phone.strip()
    person.save(update_fields=["office_phone"])
    return person


def password_link(person: User) -> str:
    """Return the link with which a person sets a password, once; it is valid for `PASSWORD_RESET_TIMEOUT` seconds."""
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    return f"{settings.SITE_ADDRESS}{reverse('account_reset_password_from_key', kwargs=key)}"


def mail_password_reset(*, email: str) -> int:
    """Mail the link for a new password to every account with this address; return the number of accounts.

    A mailbox gets at most `RESETS_A_DAY` in 24 hours, so that strangers cannot flood it. Runs in a worker: the
    response time of the page must not reveal whether an account exists.
    """
    people = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
    for person in people:
        if times(f"reset:{person.email.lower()}", seconds=DAY) > settings.RESETS_A_DAY:
            logger.warning(
                "a mail for a new password was not sent: too many today", extra={"person": person.pk}
            )
            continue
        subject, text = password_reset_mail(person.username, password_link(person))
        try:
            send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [person.email])
        except OSError:
            logger.exception("a mail for a new password could not be sent")
    return len(people)


@transaction.atomic
def person_of_identity(*, issuer: str, subject: str, claimed: str) -> User:
    """Return the person that the identity service names; connect the account on the first sign-in.

    Args:
        issuer: the identity service, by its own identifier.
        subject: the person's identifier there, which is never reused.
        claimed: the account name according to the service; used on the first sign-in only, never an e-mail
            address.

    Raises:
        NotAllowed: no active account has this name, or it is connected with another identity. The message is
            always the same: it does not reveal which accounts exist.
    """
    connected = Identity.objects.select_related("person").filter(issuer=issuer, subject=subject).first()
    person = connected.person if connected else _connect(issuer, subject, claimed)
    if person is None or not person.is_active:
        raise NotAllowed(_("The person identified by the identity service has no account here."))
    return person


def _connect(issuer: str, subject: str, claimed: str) -> User | None:
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
    """Remove a person's connection with the identity service, such as after a change of account.

    Signs the person out everywhere.

    Raises:
        NotAllowed: `by` is not a security administrator, or is the person.
        WrongState: the person is not connected.
    """
    Identity.objects.filter(person=person).delete()
    sessions.end_all(person)
    return person


@action(
    Verb.REVOKE_ROLE,
    on="person",
    rule=not_oneself(gettext_lazy("You cannot remove your own role. Ask another security administrator.")),
)
def revoke_role(*, person: User, role: Role, by: User) -> User:
    """Remove a role at the bureau from a person; without a role they cannot open the desk.

    Raises:
        NotAllowed: `by` is not a security administrator, or is the person.
        WrongState: the person does not hold the role.
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
    """Deactivate an account with immediate effect; journal entries keep the person's name.

    Raises:
        NotAllowed: `by` is not a security administrator, or is the person.
        WrongState: the account is inactive.
    """
    person.is_active = False
    person.save(update_fields=["is_active"])
    sessions.end_all(person)
    return person


@action(Verb.END_SIGN_INS, on="person")
def end_sign_ins(*, person: User, by: User) -> int:
    """End all sessions of a person, such as after the loss of a device.

    Returns:
        The number of sessions.

    Raises:
        NotAllowed: `by` is not a security administrator.
    """
    ended = sessions.end_all(person)
    record(data={"ended": ended})
    return ended


@action(
    Verb.REMOVE_SECOND_FACTOR,
    on="person",
    rule=not_oneself(
        gettext_lazy("You cannot reset your own second factor. Ask another security administrator.")
    ),
)
def remove_second_factor(*, person: User, identified: str, by: User) -> None:
    """Reset a lost second factor; the person is signed out and sets up a new one at the next sign-in.

    Args:
        identified: how `by` verified the person's identity.

    Raises:
        NotAllowed: `by` is not a security administrator, or is the person.
        Incomplete: `identified` is empty.
        WrongState: the person has no second factor.
    """
    identified = filled(identified, _("Describe how you verified the person's identity."))
    removed, _kinds = Authenticator.objects.filter(user=person).delete()
    if not removed:
        raise WrongState(_("The person has no second factor."))
    sessions.end_all(person)
    record(reason=identified)


@action(
    Verb.GRANT_ROLE,
    on="person",
    rule=not_oneself(gettext_lazy("You cannot give yourself a role. Ask another security administrator.")),
    by_clock=True,
)
def grant_role(*, person: User, role: Role, by: User | None) -> User:
    """Give a person a role at the bureau.

    Args:
        by: None for the set-up of the register.

    Raises:
        NotAllowed: `by` is not a security administrator or is the person, or the person holds another one of
            the three administrator roles.
        Refused: the role is one of a bank.
    """
    if role not in STAFF_ROLES:
        raise Refused(_("This is a bank role, not a bureau role."))
    may_also_hold(staff_roles(person), role).require()
    group, _created = Group.objects.get_or_create(name=role.value)
    person.groups.add(group)
    person.is_staff = True
    person.save(update_fields=["is_staff"])
    record(data={"role": role.value})
    return person
