"""The roles. Staff hold theirs as groups of the same name; banks' people hold theirs per bank."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Who somebody is in the procedure."""

    INTAKE_OFFICER = "intake_officer", _("Intake officer")
    REVIEWER = "reviewer", _("Reviewer")
    DECIDER = "decider", _("Decider")
    INSPECTOR = "inspector", _("Inspector")
    ASSESSOR = "assessor", _("Assessor")
    HEALTHCARE_LIAISON = "healthcare_liaison", _("Medical insurance liaison")
    AUDITOR = "auditor", _("Auditor")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("System administrator")
    SECURITY_ADMINISTRATOR = "security_administrator", _("Security administrator")
    AUDIT_ADMINISTRATOR = "audit_administrator", _("Audit administrator")
    BANK_ADMINISTRATOR = "bank_administrator", _("Bank administrator")
    BANK_CLERK = "bank_clerk", _("Bank clerk")


BANK_ROLES = frozenset({Role.BANK_ADMINISTRATOR, Role.BANK_CLERK})
STAFF_ROLES = frozenset(set(Role) - BANK_ROLES)
ADMINISTRATORS = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR})
"""Three separate hands: who runs the machines, who gives the roles, who watches the record. Nobody is two of them."""
