"""Roles of bureau staff, now and on an earlier day, and rules for actions on people."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from zsbank.base.accounts.models import Identity, User
from zsbank.base.calendar import clock
from zsbank.base.journal.models import Entry
from zsbank.base.permissions import Verb
from zsbank.base.refusals import ALLOWED, NotAllowed, Verdict, WrongState
from zsbank.base.roles import ADMINISTRATORS, Role


def staff_roles(user: User | AnonymousUser) -> frozenset[Role]:
    """Return the roles a person holds at the bureau; empty for visitors, people who left and users of banks."""
    return user.roles_at_bureau() if isinstance(user, User) else frozenset()


def may(roles: Iterable[Role], verb: Verb) -> Verdict:
    """Return whether one of these roles has the verb."""
    if verb.roles.isdisjoint(roles):
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


def held_on(user: User, verb: Verb, day: dt.date) -> bool:
    """Return whether a person had a verb on an earlier day (local date): what they did in office then stays valid.

    A person who has it no longer had it until the day on which the journal says that they lost role or account.
    """
    if staff_may(user, verb):
        return True
    about = Entry.objects.filter(subject_type=User._meta.label_lower, subject_id=user.pk)
    of_roles = Q(data__role__in=[role.value for role in verb.roles])
    lost = about.filter(Q(verb=Verb.REVOKE_ROLE) & of_roles | Q(verb=Verb.DEACTIVATE_PERSON))
    given = about.filter(of_roles, verb=Verb.GRANT_ROLE).order_by("pk").values_list("at", flat=True).first()
    left = lost.order_by("-pk").values_list("at", flat=True).first()
    held_a_role = lost.filter(verb=Verb.REVOKE_ROLE).exists() or staff_roles_ever(user) & verb.roles
    if left is None or not held_a_role or (given is not None and clock.local_day(given) > day):
        return False
    return day <= clock.local_day(left)


def staff_roles_ever(user: User) -> frozenset[Role]:
    """Return the roles that a person holds, also after the account was deactivated."""
    names = {*user.groups.values_list("name", flat=True)}
    return frozenset(role for role in Role if role.value in names)


def not_oneself(words: str | Promise) -> Callable[[User | None, User], Verdict]:
    """Return a rule that refuses actions on one's own account; `words` is the message."""

    def rule(by: User | None, person: User) -> Verdict:
        if by is not None and by.pk == person.pk:
            return Verdict.no("four_eyes", words, NotAllowed)
        return ALLOWED

    return rule


def may_be_disconnected(by: User | None, person: User) -> Verdict:
    """Check that the connection with the identity service is another person's, and exists."""
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
