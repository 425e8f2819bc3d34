"""Registrations that count only when a second person has confirmed that it is another legal entity."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMModelMixin, transition

from banks.register.models import Bank
from banks.register.terms import BankCategory
from banks.registrations.states import RegistrationState
from zsbank.base.actions.state_field import StateField

PERSON = settings.AUTH_USER_MODEL


class Registration(ConcurrentTransitionMixin, FSMModelMixin, models.Model):
    """The data of a bank that look like those of a known one, and why it is another legal entity."""

    name = models.CharField(_("name"), max_length=120)
    uscc = models.CharField(_("unified social credit code"), max_length=18)
    category = models.CharField(_("category"), max_length=20, choices=BankCategory)
    license_institution_code = models.CharField(_("institution code of the financial licence"), max_length=15)
    address = models.CharField(_("address"), max_length=200)
    statement = models.TextField(_("why it is another legal entity"))
    state = StateField(
        _("state"), default=RegistrationState.PENDING, choices=RegistrationState.choices, protected=True
    )
    requested_at = models.DateTimeField(_("entered at"))
    requested_by = models.ForeignKey(
        PERSON, verbose_name=_("entered by"), on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    decided_by = models.ForeignKey(
        PERSON, verbose_name=_("decided by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    decision = models.TextField(_("reasons of the decision"), blank=True)
    bank = models.OneToOneField(
        Bank, verbose_name=_("bank"), on_delete=models.PROTECT, null=True, related_name="registration"
    )

    class Meta:
        verbose_name = _("registration to be judged")
        verbose_name_plural = _("registrations to be judged")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["uscc"],
                condition=Q(state=RegistrationState.PENDING),
                name="registration_one_pending_a_code",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("requested_by")), name="registration_judged_by_another_person"
            ),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.CONFIRMED)
                | Q(bank__isnull=False, decided_by__isnull=False),
                name="registration_confirmed_has_bank",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_pending(self) -> bool:
        """Whether it waits for a second person."""
        return bool(self.state == RegistrationState.PENDING)

    @property
    def data(self) -> dict[str, str]:
        """The data of the bank."""
        names = ("name", "uscc", "category", "license_institution_code", "address")
        return {name: getattr(self, name) for name in names}

    def described(self) -> list[tuple[str, str]]:
        """Return label and value of the data and the statement, as people read them."""
        values = {**self.data, "category": self.get_category_display(), "statement": self.statement}
        return [(str(self._meta.get_field(name).verbose_name), value) for name, value in values.items()]  # type: ignore[union-attr]

    @transition(field=state, source=RegistrationState.PENDING, target=RegistrationState.CONFIRMED)
    def confirm(self) -> None:
        """Another person confirms that it is another legal entity; the bank is registered."""

    @transition(field=state, source=RegistrationState.PENDING, target=RegistrationState.DECLINED)
    def decline(self) -> None:
        """Another person finds that it is the same legal entity, or that the data are wrong."""
