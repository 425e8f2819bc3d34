"""Policy editions and their criteria."""

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from admission.editions.facts import CheckSpec, FactField
from admission.editions.states import EditionState
from admission.editions.terms import (
    OUTLET_CHECKS,
    CheckName,
    Consulted,
    CriterionGroup,
    FactRole,
    NeededFor,
    Provides,
)
from zsbank.base.calendar.wording import reader_language

CRITERION_FIELDS = (
    "slug",
    "number",
    "group",
    "title_zh",
    "title_en",
    "official_text",
    "guidance_zh",
    "guidance_en",
    "needed_for",
    "facts",
    "evidence_needed",
    "evidence_zh",
    "evidence_en",
    "undertaking_needed",
    "undertaking_zh",
    "undertaking_en",
    "checks",
    "consulted",
    "provides",
)
"""The fields of a criterion that an edition defines."""


class EditionQuerySet(models.QuerySet["PolicyEdition"]):
    """Editions by validity."""

    def valid_on(self, day: dt.date) -> "PolicyEdition | None":
        """Return the edition in force on a day (local date): the newest valid from that day or earlier."""
        return self.published().filter(valid_from__lte=day).order_by("-valid_from").first()

    def published(self) -> "EditionQuerySet":
        """Exclude drafts."""
        return self.exclude(published_at=None)


class PolicyEdition(models.Model):
    """An edition of the bureau's mechanism with its periods; immutable once published.

    Fields named `…_days` are in working days; `…_months` and `…_years` are calendar periods.
    """

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
    acceptance_days = models.PositiveSmallIntegerField(_("working days for acceptance"), default=5)
    decision_days = models.PositiveSmallIntegerField(_("working days for the decision"), default=20)
    statement_days = models.PositiveSmallIntegerField(_("working days for the bank's statement"), default=5)
    supplement_days = models.PositiveSmallIntegerField(_("working days for the supplement"), default=10)
    extension_days = models.PositiveSmallIntegerField(_("working days of an extension"), default=10)
    complaint_days = models.PositiveSmallIntegerField(
        _("working days for the answer to a complaint"), default=10
    )
    rectification_months = models.PositiveSmallIntegerField(_("months for rectification"), default=6)
    bar_years = models.PositiveSmallIntegerField(_("years of the reapplication bar"), default=5)
    roll_due_dates = models.BooleanField(
        _("due dates on rest days move to the next working day"), default=True
    )
    roll_bar = models.BooleanField(
        _("end of the bar on a rest day moves to the next working day"), default=False
    )

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
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.published_at is None

    @property
    def state(self) -> str:
        """Draft or published, derived from its dates."""
        return EditionState.DRAFT if self.is_draft else EditionState.PUBLISHED

    def criterion_with(self, check: CheckName) -> "Criterion | None":
        """Return the first criterion with a check, or None."""
        return next((one for one in self.criteria.all() if one.has_check(check)), None)

    def criterion_providing(self, what: Provides) -> "Criterion | None":
        """Return the criterion that provides `what`, or None."""
        return self.criteria.filter(provides=what).first()


class Criterion(models.Model):
    """A numbered criterion of an edition, with everything it requires.

    `slug` identifies it across editions, even if its number changes.
    """

    edition = models.ForeignKey(
        PolicyEdition, verbose_name=_("edition"), on_delete=models.PROTECT, related_name="criteria"
    )
    slug = models.SlugField(_("code"), max_length=40)
    number = models.PositiveSmallIntegerField(_("number"))
    group = models.CharField(_("group"), max_length=20, choices=CriterionGroup)
    official_text = models.TextField(_("official text"))
    title_zh = models.CharField(_("short title in Chinese"), max_length=60)
    title_en = models.CharField(_("short title in English"), max_length=120)
    guidance_zh = models.TextField(_("guidance in Chinese"))
    guidance_en = models.TextField(_("guidance in English"))
    needed_for = models.CharField(
        _("needed for"), max_length=10, choices=NeededFor, default=NeededFor.SUBMISSION
    )
    facts = models.JSONField(_("facts"), default=list, blank=True)
    evidence_needed = models.BooleanField(_("evidence required"), default=False)
    evidence_zh = models.CharField(_("required evidence in Chinese"), max_length=200, blank=True)
    evidence_en = models.CharField(_("required evidence in English"), max_length=200, blank=True)
    undertaking_needed = models.BooleanField(_("undertaking required"), default=False)
    undertaking_zh = models.TextField(_("undertaking in Chinese"), blank=True)
    undertaking_en = models.TextField(_("undertaking in English"), blank=True)
    checks = models.JSONField(_("checks"), default=list, blank=True)
    consulted = models.CharField(_("consulted"), max_length=20, choices=Consulted, blank=True)
    provides = models.CharField(_("provides"), max_length=30, choices=Provides, blank=True)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["edition", "number"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="criterion_number_once"),
            models.UniqueConstraint(fields=["edition", "slug"], name="criterion_slug_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}．{self.title_zh}"

    @property
    def title(self) -> str:
        """The short title in the reader's language."""
        return str(self.title_en if reader_language() == "en" else self.title_zh)

    @property
    def named(self) -> str:
        """Number and short title in the reader's language; `str` is Chinese, for the journal."""
        return f"{self.number}. {self.title}" if reader_language() == "en" else str(self)

    @cached_property
    def fact_fields(self) -> tuple[FactField, ...]:
        """The definitions of its facts."""
        return tuple(FactField.from_data(fact) for fact in self.facts)

    @cached_property
    def check_specs(self) -> tuple[CheckSpec, ...]:
        """Its checks."""
        return tuple(CheckSpec.from_data(check) for check in self.checks)

    def has_check(self, name: CheckName) -> bool:
        """Whether it has this check."""
        return any(check.name == name for check in self.check_specs)

    @property
    def is_about_outlets(self) -> bool:
        """Whether one of its checks reads the list of outlets."""
        return any(check.name in OUTLET_CHECKS for check in self.check_specs)

    @property
    def may_follow(self) -> bool:
        """Whether an application can be submitted before it is met."""
        return self.needed_for != NeededFor.SUBMISSION

    @property
    def may_follow_approval(self) -> bool:
        """Whether an application can be approved before it is met."""
        return self.needed_for in (NeededFor.EFFECT, NeededFor.ISSUING)

    def particular(self, role: FactRole, facts: Mapping[str, Any]) -> str:
        """Return the fact with this role from an answer's facts; empty if there is none."""
        return next((str(facts.get(one.name) or "") for one in self.fact_fields if one.role == role), "")
