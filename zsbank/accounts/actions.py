"""Verbs on people: entering them, and giving them roles at the bureau."""

import logging

from allauth.account.forms import default_token_generator
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from zsbank.accounts.models import User
from zsbank.accounts.permissions import Verb
from zsbank.accounts.roles import STAFF_ROLES, Role
from zsbank.accounts.rules import may, may_hold_too, staff_roles
from zsbank.journal import actions as journal
from zsbank.refusals import NotAllowed, Refused, WrongState

logger = logging.getLogger(__name__)

AT_THE_DOOR = ("sign_in", "sign_out", "refuse_sign_in", "change_sign_in")
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
def note_sign_in(*, person: User, address: str) -> None:
    """Record that a person signed in, and from which address."""
    journal.record(verb="sign_in", by=person, subject=person, data={"address": address})


@transaction.atomic
def note_sign_out(*, person: User) -> None:
    """Record that a person signed out."""
    journal.record(verb="sign_out", by=person, subject=person)


@transaction.atomic
def note_refused_sign_in(*, named: str, address: str) -> None:
    """Record a sign-in that was refused. A name that nobody has is not kept: it may be a password."""
    person = User.objects.filter(Q(username__iexact=named) | Q(email__iexact=named)).first()
    journal.record(verb="refuse_sign_in", by=None, subject=person, data={"address": address})


@transaction.atomic
def note_account_change(*, person: User, what: str) -> None:
    """Record a change of how a person signs in, such as `totp_activated` or `password_changed`."""
    journal.record(verb="change_sign_in", by=person, subject=person, data={"what": what})


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
    journal.record(verb=Verb.DEACTIVATE_PERSON, by=by, subject=person)
    return person


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
