"""Policy editions with their criteria."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from admission.editions.terms import CriterionGroup, RequiredBefore


class EditionQuerySet(models.QuerySet["PolicyEdition"]):
    """Editions by validity."""

    def valid_on(self, day: dt.date) -> "PolicyEdition | None":
        """The edition in force on a day: the newest that is valid from that day or earlier."""
        return self.published().filter(valid_from__lte=day).order_by("-valid_from").first()

    def published(self) -> "EditionQuerySet":
        """Those that are no longer drafts."""
        return self.exclude(published_at=None)


class PolicyEdition(models.Model):
    """An edition of the bureau's mechanism, with the periods it sets. Published once, never edited after."""

    slug = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    valid_from = models.DateField(_("valid from"), null=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("drafted by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    published_at = models.DateTimeField(_("published"), null=True)
    acceptance_days = models.PositiveSmallIntegerField(_("working days to accept"), default=5)
    decision_days = models.PositiveSmallIntegerField(_("working days to decide"), default=20)
    statement_days = models.PositiveSmallIntegerField(_("working days to state the case"), default=5)
    supplement_days = models.PositiveSmallIntegerField(_("working days to supplement"), default=10)
    extension_days = models.PositiveSmallIntegerField(_("working days of an extension"), default=10)
    rectification_months = models.PositiveSmallIntegerField(_("months to rectify"), default=6)
    bar_years = models.PositiveSmallIntegerField(_("years of the bar"), default=5)
    roll_due_dates = models.BooleanField(_("due dates move off rest days"), default=True)
    roll_bar = models.BooleanField(_("the bar moves off rest days"), default=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy edition")
        verbose_name_plural = _("policy editions")
        ordering = ["-valid_from", "-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["valid_from"], name="edition_one_a_day"),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(valid_from__isnull=False),
                name="edition_published_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """Draft or published."""
        return "draft" if self.published_at is None else "published"

    def get_state_display(self) -> str:
        """Draft or published, in words."""
        return str(_("Draft") if self.published_at is None else _("Published"))


class Criterion(models.Model):
    """One of the numbered criteria of an edition: the bureau's own text, and what it means in plain words."""

    edition = models.ForeignKey(
        PolicyEdition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="criteria"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    group = models.CharField(_("group"), max_length=20, choices=CriterionGroup)
    official_text = models.TextField(_("official text"))
    title_zh = models.CharField(_("short title in Chinese"), max_length=60)
    title_en = models.CharField(_("short title in English"), max_length=120)
    guidance_zh = models.TextField(_("guidance in Chinese"))
    guidance_en = models.TextField(_("guidance in English"))
    kinds = models.JSONField(_("kinds of check"))
    required_before = models.CharField(
        _("required before"), max_length=10, choices=RequiredBefore, default=RequiredBefore.APPROVAL
    )

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["edition", "number"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="criterion_number_once")]

    def __str__(self) -> str:
        return f"{self.number}．{self.title_zh}"
