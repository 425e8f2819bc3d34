"""Runs of the sweep and of the integrity check, and heartbeats of the program's parts."""

from django.conf import settings
from django.db import models
from django.utils.timezone import localtime
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


class Judgement(models.Model):
    """One run of the integrity check by the program itself, at most one a day: noted before it begins."""

    day = models.DateField(_("day"), unique=True)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True)
    found = models.PositiveIntegerField(_("number of findings"), default=0)
    lines = models.JSONField(_("findings"), default=list)

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        ordering = ["-day"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.day} {self.found}"


class Backup(models.Model):
    """A backup that was taken with `manage.py backup`, and whether restoring it was tried."""

    taken_at = models.DateTimeField(_("taken"))
    files = models.PositiveIntegerField(_("number of files"))
    restored_on = models.DateField(_("restore tried on"), null=True)
    restored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("restore tried by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("backup")
        verbose_name_plural = _("backups")
        ordering = ["-taken_at", "-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["-taken_at", "-id"], name="backup_newest"),
            models.Index(fields=["restored_on"], name="backup_restored"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(restored_on__isnull=True, restored_by__isnull=True)
                | models.Q(restored_on__isnull=False, restored_by__isnull=False),
                name="backup_restored_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{localtime(self.taken_at):%Y-%m-%d %H:%M}"


class Heartbeat(models.Model):
    """When a part of the program was last active."""

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
