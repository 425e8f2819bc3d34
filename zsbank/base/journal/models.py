"""The journal and its hash chain."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """A journal entry: written once, in the transaction of the action, and never changed."""

    at = models.DateTimeField(_("recorded"))
    effective_on = models.DateField(_("effective on"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("actor"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    actor_name = models.CharField(_("name at that time"), max_length=60)
    verb = models.CharField(_("action"), max_length=40)
    subject_type = models.CharField(_("type of subject"), max_length=60)
    subject_id = models.BigIntegerField(_("subject"))
    subject_label = models.CharField(_("subject name at that time"), max_length=200)
    uscc = models.CharField(_("bank"), max_length=18, blank=True)
    from_state = models.CharField(_("previous state"), max_length=40, blank=True)
    to_state = models.CharField(_("new state"), max_length=40, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    data = models.JSONField(_("details"), default=dict)
    digest = models.CharField("SHA-256", max_length=64, editable=False)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="journal_subject"),
            models.Index(fields=["uscc", "-id"], name="journal_bank"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.subject_label}"

    def content(self) -> dict[str, Any]:
        """Return the fields covered by the digest; moments in UTC, dates in ISO format."""
        return content_of({name: getattr(self, name) for name in CONTENT})


class Link(models.Model):
    """An entry's position in the chain, written by a database trigger at the end of the transaction.

    Sequence number and hash are assigned under a lock that is taken at commit, so that transactions do not
    wait for each other earlier (docs/decisions/0009-chained-at-commit.md).
    """

    sequence = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="link")
    hash = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = _("journal link")
        verbose_name_plural = _("journal chain")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"


CONTENT = (
    "at",
    "effective_on",
    "actor_id",
    "actor_name",
    "verb",
    "subject_type",
    "subject_id",
    "subject_label",
    "uscc",
    "from_state",
    "to_state",
    "reason",
    "data",
)
"""The fields covered by the digest. Their order does not matter; the set must never change."""


def content_of(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields as JSON types."""
    at, day = fields["at"], fields["effective_on"]
    return fields | {
        "at": at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "effective_on": day.isoformat(),
    }
