"""Which roles a person of the bureau holds, and whether a role holds a verb."""

from collections.abc import Callable, Iterable

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import Identity, User
from zsbank.base.permissions import ROLES_BY_VERB, Verb
from zsbank.base.refusals import ALLOWED, NotAllowed, Verdict, WrongState
from zsbank.base.roles import ADMINISTRATORS, Role


def staff_roles(user: User | AnonymousUser) -> frozenset[Role]:
    """The roles a person holds at the bureau; none for visitors, people who left and people of banks."""
    return user.roles_at_bureau() if isinstance(user, User) else frozenset()


def may(roles: Iterable[Role], verb: Verb) -> Verdict:
    """Whether one of these roles holds the verb."""
    if ROLES_BY_VERB[verb].isdisjoint(roles):
        return Verdict.no("role", _("Your role does not allow this."), NotAllowed)
    return ALLOWED


def may_hold_too(held: Iterable[Role], role: Role) -> Verdict:
    """Whether somebody with these roles may be given another: nobody is two of the three administrators."""
    others = ADMINISTRATORS.intersection(held) - {role}
    if role in ADMINISTRATORS and others:
        return Verdict.no(
            "separate",
            _("System, security and audit administrator are three different persons."),
            NotAllowed,
        )
    return ALLOWED


def staff_may(user: User | AnonymousUser, verb: Verb) -> bool:
    """Whether a person of the bureau holds the verb."""
    return may(staff_roles(user), verb).allowed


def not_oneself(words: str | Promise) -> Callable[[User | None, User], Verdict]:
    """The rule that another security administrator changes one's own roles, factors and account; `words` say so."""

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
    """Whether an account can be ended: another person's, that has not ended already."""
    verdict = not_oneself(_("Nobody ends their own account. Ask another security administrator."))(by, person)
    return verdict if not verdict or person.is_active else Verdict.moved_on()
