"""Takeovers, and the scans of their letters."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMModelMixin, transition

from exit.takeover.data import Rows
from exit.takeover.states import TakeoverState
from exit.takeover.terms import Part
from zsbank.base.actions.state_field import StateField
from zsbank.base.files.models import StoredFile

PERSON = settings.AUTH_USER_MODEL


class Takeover(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """Rows of one or more banks, entered by one person; in the register when another has confirmed them.

    Args:
        source: the name of the workbook; empty for one bank entered at the desk.
        sha256: the hash of the workbook.
        rows: as `data.Rows` stores them.
        closed_by: who confirmed or withdrew it.
    """

    case_number = models.CharField(_("case number"), max_length=20, unique=True)
    state = StateField(
        _("state"), default=TakeoverState.ENTERED, choices=TakeoverState.choices, protected=True
    )
    source = models.CharField(_("workbook"), max_length=200, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    rows = models.JSONField(_("rows"))
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        PERSON, verbose_name=_("entered by"), on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(_("confirmed or withdrawn at"), null=True)
    closed_by = models.ForeignKey(
        PERSON,
        verbose_name=_("confirmed or withdrawn by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    closed_reason = models.TextField(_("why it was withdrawn"), blank=True)

    class Meta:
        verbose_name = _("takeover")
        verbose_name_plural = _("takeovers")
        ordering = ["-pk"]
        default_permissions = ("view",)
        indexes = [models.Index(fields=["state"], name="takeover_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=TakeoverState.CONFIRMED)
                | Q(closed_by__isnull=False, closed_at__isnull=False) & ~Q(closed_by=F("entered_by")),
                name="takeover_confirmed_by_another_person",
            ),
        ]

    def __str__(self) -> str:
        return self.case_number

    @property
    def is_open(self) -> bool:
        """Whether it waits to be confirmed."""
        return bool(self.state == TakeoverState.ENTERED)

    @property
    def typed(self) -> Rows:
        """Its rows."""
        return Rows.from_json(self.rows)

    @transition(field=state, source=TakeoverState.ENTERED, target=TakeoverState.CONFIRMED)
    def confirm(self) -> None:
        """Another person confirms it; its rows come into the register."""

    @transition(field=state, source=TakeoverState.ENTERED, target=TakeoverState.WITHDRAWN)
    def withdraw(self) -> None:
        """It was entered wrongly."""


class TakeoverScan(models.Model):
    """The scan of the letter of a row; the latest of a row counts."""

    takeover = models.ForeignKey(Takeover, on_delete=models.PROTECT, related_name="scans")
    part = models.CharField(_("part"), max_length=20, choices=Part)
    number_in_sheet = models.PositiveIntegerField(_("row"))
    file = models.OneToOneField(
        StoredFile, verbose_name=_("scan"), on_delete=models.PROTECT, related_name="takeover_scan"
    )
    at = models.DateTimeField(_("attached at"))

    class Meta:
        verbose_name = _("scan of a takeover")
        verbose_name_plural = _("scans of takeovers")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.file)
