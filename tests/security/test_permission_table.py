"""The permission table as it was agreed: written out by hand in `roles_by_verb.txt`, and compared both ways.

The walk of all addresses takes what it expects from the table itself; a role too many in the table is found here only.
A new verb needs a line: the verb, the roles that hold it in the order of `Role`, and after a bar what else is asked,
such as another person than the one who took an earlier action.
"""

from pathlib import Path

from zsbank.base.permissions import FOUR_EYES, REAUTH_VERBS, Verb
from zsbank.base.roles import ADMINISTRATORS, BANK_ROLES, STAFF_ROLES, Role
from zsbank.base.submissions import SUBMISSIONS

LINES = Path(__file__).with_name("roles_by_verb.txt").read_text(encoding="utf-8").splitlines()
AT_THE_BUREAU = """
    intake_officer reviewer decider inspector assessor healthcare_liaison auditor system_administrator
    security_administrator audit_administrator
"""
APART = "system_administrator security_administrator audit_administrator"


def line_of(verb: Verb) -> str:
    """Return what the program says of a verb, as a line of the file."""
    roles = [role.value for role in Role if role in verb.roles]
    marks = ["submission"] * (verb in SUBMISSIONS) + ["re-authentication"] * (verb in REAUTH_VERBS)
    marks += [f"not-after-{first}" for first, second in FOUR_EYES if second == verb]
    return f"{verb}: {' '.join(roles) or 'nobody'}" + (f" | {' '.join(marks)}" if marks else "")


def test_every_verb_has_the_roles_that_were_agreed() -> None:
    written = {line.partition(":")[0]: line for line in LINES}
    assert len(written) == len(LINES), "a verb has two lines"
    assert {verb.value: line_of(verb) for verb in Verb} == written


def test_every_role_is_at_the_bureau_or_at_a_bank() -> None:
    assert {role.value for role in STAFF_ROLES} == set(AT_THE_BUREAU.split())
    assert {role.value for role in BANK_ROLES} == {"bank_administrator", "bank_clerk"}
    assert {role.value for role in ADMINISTRATORS} == set(APART.split())
