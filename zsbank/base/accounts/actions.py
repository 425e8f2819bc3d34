"""Verbs on people: entering them, and giving them roles at the bureau."""

import logging

from allauth.account.forms import default_token_generator
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from zsbank.base.accounts import sessions
from zsbank.base.accounts.models import Identity, User
from zsbank.base.accounts.rules import may, may_hold_too, staff_roles
from zsbank.base.journal import actions as journal
from zsbank.base.permissions import Verb
from zsbank.base.refusals import Incomplete, NotAllowed, Refused, WrongState
from zsbank.base.roles import STAFF_ROLES, Role

logger = logging.getLogger(__name__)

AT_THE_DOOR = (
    Verb.SIGN_IN,
    Verb.SIGN_OUT,
    Verb.REFUSE_SIGN_IN,
    Verb.CONFIRM_SIGN_IN,
    Verb.CHANGE_SIGN_IN,
    Verb.CONNECT_IDENTITY,
)
"""What the record holds of people's signing in: personal, so not for everybody who reads the record."""


@transaction.atomic
def enter_person(*, username: str, name: str, email: str, password: str | None, by: User | None) -> User:
    """Enter a person. Without a password they cannot sign in until one is set.

    Called inside the verb that needs the person (a bank's member, an officer); `by` is None for the set-up, and
    for somebody who follows an invitation.
    """
    if User.objects.filter(username=username).exists():
        raise Refused(_("The sign-in name %(name)s is taken. Choose another.") % {"name": username}, "taken")
    person = User.objects.create_user(username=username, email=email, password=password, name=name)
    journal.record(verb=Verb.ENTER_PERSON, by=by, subject=person)
    return person


@transaction.atomic(durable=True)
def enter_officer(*, username: str, name: str, email: str, role: Role, by: User) -> User:
    """Enter somebody of the bureau with a first role; they set their password by the mail that sign-in offers.

    Raises:
        NotAllowed: when `by` is not a security administrator.
        Refused: when the sign-in name is taken.
    """
    may(staff_roles(by), Verb.ENTER_PERSON).require(NotAllowed)
    person = enter_person(username=username, name=name, email=email, password=None, by=by)
    return grant_role(person=person, role=role, by=by)


@transaction.atomic
def note_sign_in(*, person: User, address: str, shown: list[str]) -> None:
    """Record that a person signed in, from which address, and what they showed: `password`, `totp`, `webauthn`."""
    journal.record(verb=Verb.SIGN_IN, by=person, subject=person, data={"address": address, "shown": shown})


@transaction.atomic
def note_sign_out(*, person: User) -> None:
    """Record that a person signed out."""
    journal.record(verb=Verb.SIGN_OUT, by=person, subject=person)


@transaction.atomic
def note_refused_sign_in(*, named: str, address: str) -> None:
    """Record a sign-in that was refused. A name that nobody has is not kept: it may be a password."""
    person = User.objects.filter(Q(username__iexact=named) | Q(email__iexact=named)).first()
    journal.record(verb=Verb.REFUSE_SIGN_IN, by=None, subject=person, data={"address": address})


@transaction.atomic
def note_refused_factor(*, person: User, address: str, shown: str) -> None:
    """Record a `code` or `passkey` that was refused after the password fitted, or before a decision."""
    data = {"address": address, "shown": shown}
    journal.record(verb=Verb.REFUSE_SIGN_IN, by=None, subject=person, data=data)


@transaction.atomic
def note_confirmation(*, person: User, address: str, shown: str) -> None:
    """Record that somebody who is signed in showed anew who they are: `password`, `code` or `passkey`."""
    data = {"address": address, "shown": shown}
    journal.record(verb=Verb.CONFIRM_SIGN_IN, by=person, subject=person, data=data)


@transaction.atomic
def note_account_change(*, person: User, what: str) -> None:
    """Record a change of how a person signs in, such as `totp_activated` or `password_changed`."""
    journal.record(verb=Verb.CHANGE_SIGN_IN, by=person, subject=person, data={"what": what})


def mail_way_back(*, email: str) -> int:
    """Mail the link to a new password to whoever has this address; returns to how many people.

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


@transaction.atomic
def disconnect_identity(*, person: User, by: User) -> User:
    """Take the connection with the identity service from a person, as when the service knows them anew.

    Whoever came in by it is signed out.

    Raises:
        NotAllowed: when `by` is not a security administrator, or does it to themselves.
        WrongState: when the person is not connected.
    """
    may(staff_roles(by), Verb.DISCONNECT_IDENTITY).require(NotAllowed)
    if by.pk == person.pk:
        raise NotAllowed(_("Nobody disconnects themselves. Ask another security administrator."))
    taken, _rows = Identity.objects.filter(person=person).delete()
    if not taken:
        raise WrongState(_("This person is not connected with the identity service."))
    sessions.end(person)
    journal.record(verb=Verb.DISCONNECT_IDENTITY, by=by, subject=person)
    return person


@transaction.atomic
def revoke_role(*, person: User, role: Role, by: User) -> User:
    """Take a role of the bureau from a person; with the last one they no longer enter the desk.

    Raises:
        NotAllowed: when `by` is not a security administrator, or takes the role from themselves.
        WrongState: when the person does not hold it.
    """
    may(staff_roles(by), Verb.REVOKE_ROLE).require(NotAllowed)
    if by.pk == person.pk:
        raise NotAllowed(_("Nobody takes a role from themselves. Ask another security administrator."))
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    group = person.groups.filter(name=role.value).first()
    if group is None:
        raise WrongState.moved_on()
    person.groups.remove(group)
    person.is_staff = person.groups.exists()
    person.save(update_fields=["is_staff"])
    journal.record(verb=Verb.REVOKE_ROLE, by=by, subject=person, data={"role": role.value})
    return person


@transaction.atomic
def deactivate_person(*, person: User, by: User) -> User:
    """End a person's account; it holds from their next request on. What they did stays under their name.

    Raises:
        NotAllowed: when `by` is not a security administrator, or ends their own account.
    """
    may(staff_roles(by), Verb.DEACTIVATE_PERSON).require(NotAllowed)
    if by.pk == person.pk:
        raise NotAllowed(_("Nobody ends their own account. Ask another security administrator."))
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if not person.is_active:
        raise WrongState.moved_on()
    person.is_active = False
    person.save(update_fields=["is_active"])
    sessions.end(person)
    journal.record(verb=Verb.DEACTIVATE_PERSON, by=by, subject=person)
    return person


@transaction.atomic
def end_sign_ins(*, person: User, by: User) -> int:
    """Sign a person out in every browser, as when a device is lost; gives how many sign-ins that were.

    Raises:
        NotAllowed: when `by` is not a security administrator.
    """
    may(staff_roles(by), Verb.END_SIGN_INS).require(NotAllowed)
    ended = sessions.end(person)
    journal.record(verb=Verb.END_SIGN_INS, by=by, subject=person, data={"ended": ended})
    return ended


@transaction.atomic
def remove_second_factor(*, person: User, identified: str, by: User) -> None:
    """Take the second factor from a person who lost it; they are signed out, and set up another at their next sign-in.

    Args:
        identified: how `by` made sure who asks, as when the account was given.

    Raises:
        NotAllowed: when `by` is not a security administrator, or does it for themselves.
        WrongState: when the person has none.
        Incomplete: without saying how they were identified.
    """
    may(staff_roles(by), Verb.REMOVE_SECOND_FACTOR).require(NotAllowed)
    if by.pk == person.pk:
        raise NotAllowed(_("Nobody takes their own second factor. Ask another security administrator."))
    if not identified.strip():
        raise Incomplete(_("Say how you made sure who the person is."))
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    removed, _kinds = Authenticator.objects.filter(user=person).delete()
    if not removed:
        raise WrongState(_("The person has no second factor."))
    sessions.end(person)
    journal.record(verb=Verb.REMOVE_SECOND_FACTOR, by=by, subject=person, reason=identified.strip())


@transaction.atomic
def grant_role(*, person: User, role: Role, by: User | None) -> User:
    """Give a person a role at the bureau; `by` is None only for the set-up of the register.

    Raises:
        NotAllowed: when `by` is not a security administrator, or gives the role to themselves.
        Refused: when the role is one that banks give to their own people.
    """
    if by is not None:
        may(staff_roles(by), Verb.GRANT_ROLE).require(NotAllowed)
        if by.pk == person.pk:
            raise NotAllowed(_("Nobody gives a role to themselves. Ask another security administrator."))
    if role not in STAFF_ROLES:
        raise Refused(_("This role is held at a bank, not at the bureau."))
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    may_hold_too(staff_roles(person), role).require(NotAllowed)
    group, _created = Group.objects.get_or_create(name=role.value)
    person.groups.add(group)
    person.is_staff = True
    person.save(update_fields=["is_staff"])
    journal.record(verb=Verb.GRANT_ROLE, by=by, subject=person, data={"role": role.value})
    return person
