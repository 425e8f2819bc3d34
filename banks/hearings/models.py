"""Prior notices before an adverse decision (law.md §2)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from banks.papers.models import PaperLetter
from banks.register.models import Bank
from zsbank.base.calendar import clock
from zsbank.base.letters.models import Letter


class PriorNotice(models.Model):
    """A notice before an adverse decision, with the bank's statement and the answer (law.md §2).

    A case gets a further notice when a reason joins that the earlier one did not state. One that was taken over from
    paper has no person who stated or answered it.
    """

    bank = models.ForeignKey(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, related_name="prior_notices"
    )
    case_type = models.CharField(max_length=60)
    case_id = models.BigIntegerField()
    sequence = models.PositiveSmallIntegerField(_("which notice of the case"), default=1)
    told_on = models.DateField(_("notified on"))
    due_date = models.DateField(_("statement due date"))
    due_period = models.JSONField(_("how the date was calculated"))
    letter = models.OneToOneField(
        Letter, verbose_name=_("letter"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    paper = models.ForeignKey(
        PaperLetter, verbose_name=_("letter on paper"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    statement = models.TextField(_("bank's statement"), blank=True)
    stated_at = models.DateTimeField(_("stated"), null=True)
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("stated by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("prior notice")
        verbose_name_plural = _("prior notices")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["case_type", "case_id", "sequence"], name="prior_notice_numbered_in_case"
            ),
            models.CheckConstraint(
                condition=~Q(answered_by=models.F("stated_by")), name="statement_answered_by_another_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.told_on}"

    @property
    def number(self) -> str:
        """The number of its letter, of the register or on paper."""
        return str(self.letter) if self.letter else self.paper.number if self.paper else ""

    @property
    def title(self) -> str:
        """The title of its letter."""
        return self.letter.title if self.letter else gettext("Prior notice on paper")

    @property
    def awaits_no_statement(self) -> bool:
        """Whether the bank has stated its case, or the time for it is over."""
        return self.stated_at is not None or self.is_closed

    @property
    def is_closed(self) -> bool:
        """Whether the bank was heard: it was answered, or the time is over and it said nothing."""
        if self.stated_at is not None:
            return self.answered_at is not None
        return clock.today() > self.due_date
