"""Banks with their former data, their qualifications, and the card vendors."""

from banks.register.models.banks import Bank, Division, FormerValue
from banks.register.models.qualifications import Qualification
from banks.register.models.vendors import CardVendor, CaseCounter

__all__ = ["Bank", "CardVendor", "CaseCounter", "Division", "FormerValue", "Qualification"]
