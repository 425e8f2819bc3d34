"""Runs of the sweep, and heartbeats of the program's parts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SweepRun(models.Model):
    """One run of the sweep: its day, what it did and what failed."""

    on = models.DateField(_("run for"))
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    done = models.JSONField(_("done"), default=dict)
    failed = models.JSONField(_("failed"), default=list)

    class Meta:
        verbose_name = _("sweep")
        verbose_name_plural = _("sweeps")
        ordering = ["-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.on} #{self.pk}"


class Heartbeat(models.Model):
    """When a part of the program was last active."""

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
