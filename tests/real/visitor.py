"""A person without scripts: opens pages, fills in their forms and presses their buttons, over Django's test client."""

from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import html

from zsbank.base.accounts.models import User
from zsbank.base.files.tests.papers import small_pdf

PASSWORD = "a-long-enough-Passw0rd"
REAUTHENTICATION = "/accounts/reauthenticate/"
Given = str | list[str] | SimpleUploadedFile


def document(name: str = "证明材料.pdf") -> SimpleUploadedFile:
    """A document to upload."""
    return SimpleUploadedFile(name, small_pdf(), "application/pdf")


class Visitor:
    """One browser with its own cookies; every answer must be a page, and is the one that is acted on next."""

    def __init__(self) -> None:
        """Start without a page."""
        self.client = Client(headers={"accept-language": "zh-CN"})
        self.path, self.page = "/", html.fromstring("<html></html>")

    @classmethod
    def signed_in(cls, username: str) -> Self:
        """A browser in which somebody is signed in already."""
        visitor = cls()
        visitor.client.force_login(User.objects.get(username=username))
        return visitor

    def open(self, path: str) -> Self:
        """Open a page."""
        return self._show(self.client.get(path, follow=True))

    def _show(self, answer: Any) -> Self:
        self.path = answer.request["PATH_INFO"]
        assert answer.status_code == 200, f"{self.path}: {answer.status_code}"
        self.page = html.fromstring(answer.content.decode())
        self.page.make_links_absolute(f"http://testserver{self.path}")
        return self.try_to_press("继续", password=PASSWORD) if self.path == REAUTHENTICATION else self

    @property
    def text(self) -> str:
        """The words of the page."""
        words = (
            text
            for text in self.page.xpath("//body//text()[not(ancestor::script or ancestor::style)]")
            if text.strip()
        )
        return " ".join(" ".join(words).split())

    def follow(self, label: str) -> Self:
        """Follow the first link with these words."""
        for link in self.page.xpath("//main//a[@href] | //a[@href]"):
            if label in " ".join(link.text_content().split()):
                return self.open(_path_of(link.get("href")))
        raise AssertionError(f"{self.path} has no link {label}: {self.text}")

    def press(self, label: str, at: str = "", /, **given: Given) -> Self:
        """Fill in the form that has a button with these words, and press it; the answer must show no error."""
        before = self.path
        self.try_to_press(label, at, **given)
        errors = self.page.xpath("//*[contains(concat(' ', @class, ' '), ' error ')][not(self::p)]")
        said = [" ".join(one.text_content().split()) for one in errors if one.text_content().strip()]
        assert not said, f"{before} → {self.path}: {said}"
        return self

    def try_to_press(self, label: str, at: str = "", /, **given: Given) -> Self:
        """Fill in the form that has a button with these words, and press it."""
        form, button = self._form_with(label, at)
        names = {name for name, _value in form.form_values()} | set(form.fields.keys())
        unknown = [name for name in given if name not in names]
        assert not unknown, f"{self.path}: the form {label} has no {unknown}, but {sorted(names)}"
        data = _data_of(form, button, given)
        address = urljoin(
            f"http://testserver{self.path}", button.get("formaction") or form.action or self.path
        )
        if (form.method or "get").upper() == "GET":
            return self._show(self.client.get(_path_of(address), data, follow=True))
        return self._show(self.client.post(_path_of(address), data, follow=True))

    def _form_with(self, label: str, at: str) -> tuple[Any, Any]:
        for form in (form for form in self.page.forms if (form.action or "").endswith(at)):
            for button in form.xpath(".//button[not(@disabled)] | .//input[@type='submit']"):
                words = " ".join((button.text_content() or button.get("value") or "").split())
                if words == label or words.startswith(label):
                    return form, button
        raise AssertionError(f"{self.path} has no button {label}: {self.text}")


def _data_of(form: Any, button: Any, given: Mapping[str, Given]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    if button.get("name"):
        data[button.get("name")] = [button.get("value", "")]
    return data | {name: _chosen(form, name, value) for name, value in given.items()}


def _chosen(form: Any, name: str, value: Given) -> Given:
    """Return the value of the option with these words, for a list of which something is chosen."""
    if isinstance(value, str):
        for option in form.xpath(f".//select[@name='{name}']/option"):
            if " ".join(option.text_content().split()) == value:
                return str(option.get("value"))
    return value


def _path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
