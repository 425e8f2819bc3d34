"""People."""

from typing import ClassVar, Self

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from zsbank.base.roles import STAFF_ROLES, Role


class User(AbstractUser):
    """A person: an officer of the bureau, an auditor, or a user of a bank."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("full name"), max_length=60)
    office_phone = models.CharField(_("office phone"), max_length=30, blank=True)

    objects: ClassVar[UserManager[Self]] = UserManager()
    _staff_roles: frozenset[Role]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.name or self.username

    def roles_at_bureau(self) -> frozenset[Role]:
        """Return the roles held as staff, cached on the instance; empty for people who left."""
        if not self.is_active or not self.is_staff:
            return frozenset()
        held: frozenset[Role] | None = getattr(self, "_staff_roles", None)
        if held is None:
            names = set(self.groups.values_list("name", flat=True))
            held = self._staff_roles = frozenset(role for role in STAFF_ROLES if role.value in names)
        return held

    def get_full_name(self) -> str:
        """Return the name as used in the journal and in letters."""
        return str(self)

    def get_short_name(self) -> str:
        """Return the full name: Chinese names are not shortened."""
        return str(self)


class Identity(models.Model):
    """A person's account at the city's identity service: issuer, and a subject that is never changed or reused."""

    person = models.OneToOneField(
        User, on_delete=models.PROTECT, related_name="identity", verbose_name=_("person")
    )
    issuer = models.URLField(_("identity service"))
    subject = models.CharField(_("subject at the identity service"), max_length=255)
    connected_at = models.DateTimeField(_("connected at"), auto_now_add=True)

    class Meta:
        verbose_name = _("identity at the city's identity service")
        verbose_name_plural = _("identities at the city's identity service")
        constraints = [
            models.UniqueConstraint(fields=("issuer", "subject"), name="identity_of_one_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person} @ {self.issuer}"
