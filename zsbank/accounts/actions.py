"""Verbs on people: entering them, and giving them roles at the bureau."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from zsbank.accounts.models import User
from zsbank.accounts.permissions import Verb
from zsbank.accounts.roles import STAFF_ROLES, Role
from zsbank.accounts.rules import may, staff_roles
from zsbank.journal import actions as journal
from zsbank.refusals import NotAllowed, Refused


@transaction.atomic
def enter_person(*, username: str, name: str, email: str, password: str | None, by: User | None) -> User:
    """Enter a person. Without a password they cannot sign in until one is set.

    Called inside the verb that needs the person (a bank's member, an officer); `by` is None for the set-up.
    """
    if User.objects.filter(username=username).exists():
        raise Refused(_("The sign-in name %(name)s is taken. Choose another.") % {"name": username}, "taken")
    person = User.objects.create_user(username=username, email=email, password=password, name=name)
    journal.record(verb="enter_person", by=by, subject=person)
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
    group, _created = Group.objects.get_or_create(name=role.value)
    person.groups.add(group)
    person.is_staff = True
    person.save(update_fields=["is_staff"])
    journal.record(verb=Verb.GRANT_ROLE, by=by, subject=person, data={"role": role.value})
    return person
