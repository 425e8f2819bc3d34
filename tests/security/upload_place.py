"""A page with an upload: who opens it, what is entered besides the file, and what is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from admission.tests.factories import PDF
from banks.register.models import Bank
from zsbank.base.accounts.models import User
from zsbank.base.files.tests.papers import pdf, scripted

if TYPE_CHECKING:
    from conftest import People


TYPED = "两个窗口均开放，情况如下。"


FUTURE = {"bureau_signed_on": "2100-01-01", "approval_date": "2100-01-01"}


@dataclass(frozen=True)
class World:
    """The persons and objects of the tests."""

    bank: Bank
    clerk: User
    administrator: User
    people: "People"


@dataclass(frozen=True)
class Place:
    """A page with an upload: person, address, field, other input, and the stored result.

    `spoilt` is input for which the page is refused, other than the file.
    """

    person: User
    path: str
    name: str
    makes: type[Model]
    entered: Mapping[str, Any] = field(default_factory=dict)
    typed: str = TYPED
    file: str = "材料.pdf"
    good: bytes = PDF
    bad: bytes = field(default_factory=lambda: pdf(scripted))
    spoilt: Mapping[str, Any] = field(default_factory=lambda: {"text": "a\u200bb"})

    def submit(self, client: Client, content: bytes) -> Any:
        """Submit the page with a file."""
        return client.post(self.path, {**self.entered, self.name: SimpleUploadedFile(self.file, content)})


def action_page(base: str, verb: str, row: Model | None = None) -> str:
    """Return the address of an action page of the desk."""
    if row is None:
        return reverse(f"admin:{base}_list_action", args=[verb])
    return reverse(f"admin:{base}_action", args=[row.pk, verb])
