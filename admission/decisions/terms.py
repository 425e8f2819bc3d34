"""Agreements to be signed before an approval takes effect."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgreementKind(models.TextChoices):
    """Kinds of agreement to be signed before an approval takes effect (cooperation: exit （二）2)."""

    COOPERATION = "cooperation", _("Cooperation agreement")
    CONFIDENTIALITY = "confidentiality", _("Confidentiality agreement")


AGREEMENT_NAMES: dict[AgreementKind, str] = {
    AgreementKind.COOPERATION: "合作协议",
    AgreementKind.CONFIDENTIALITY: "保密协议",
}
