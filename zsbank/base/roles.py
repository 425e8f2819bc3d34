"""Roles. Staff hold them as groups with the same names; users of banks hold them per bank."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """The function of a person in the procedure."""

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
"""Separation of duties: nobody holds two of the three (operation, roles, supervision of the journal)."""
