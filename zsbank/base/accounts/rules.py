"""Roles of bureau staff, and rules for actions on people."""

from collections.abc import Callable, Iterable

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import Identity, User
from zsbank.base.permissions import ROLES_BY_VERB, Verb
from zsbank.base.refusals import ALLOWED, NotAllowed, Verdict, WrongState
from zsbank.base.roles import ADMINISTRATORS, Role


def staff_roles(user: User | AnonymousUser) -> frozenset[Role]:
    """Return the roles a person holds at the bureau; empty for visitors, people who left and users of banks."""
    return user.roles_at_bureau() if isinstance(user, User) else frozenset()


def may(roles: Iterable[Role], verb: Verb) -> Verdict:
    """Return whether one of these roles has the verb."""
    if ROLES_BY_VERB[verb].isdisjoint(roles):
        return Verdict.no("role", _("Your role does not allow this action."), NotAllowed)
    return ALLOWED


def may_also_hold(held: Iterable[Role], role: Role) -> Verdict:
    """Return whether a person with these roles may get another; the three administrator roles exclude each other."""
    others = ADMINISTRATORS.intersection(held) - {role}
    if role in ADMINISTRATORS and others:
        return Verdict.no(
            "separate",
            _("The system, security and audit administrators must be three different persons."),
            NotAllowed,
        )
    return ALLOWED


def staff_may(user: User | AnonymousUser, verb: Verb) -> bool:
    """Return whether a person of the bureau has the verb."""
    return may(staff_roles(user), verb).allowed


def not_oneself(words: str | Promise) -> Callable[[User | None, User], Verdict]:
    """Return a rule that refuses actions on one's own account; `words` is the message."""

    def rule(by: User | None, person: User) -> Verdict:
        if by is not None and by.pk == person.pk:
            return Verdict.no("four_eyes", words, NotAllowed)
        return ALLOWED

    return rule


def may_be_disconnected(by: User | None, person: User) -> Verdict:
    """Whether a person's connection with the identity service can be removed: another person's, who has one."""
    words = _("Nobody disconnects themselves. Ask another security administrator.")
    verdict = not_oneself(words)(by, person)
    if verdict and not Identity.objects.filter(person=person).exists():
        words = _("This person is not connected with the identity service.")
        return Verdict.no("not_connected", words, WrongState)
    return verdict


def may_be_deactivated(by: User | None, person: User) -> Verdict:
    """Return whether an account can be deactivated: an active one of another person."""
    verdict = not_oneself(_("You cannot deactivate your own account. Ask another security administrator."))(
        by, person
    )
    return verdict if not verdict or person.is_active else Verdict.moved_on()


def may_have_office_phone(by: User | None, person: User) -> Verdict:
    """Return whether banks may be shown an office phone of this person: staff of the bureau only."""
    if person.is_staff:
        return ALLOWED
    return Verdict.no("not_staff", _("Only staff of the bureau have an office phone here."))
