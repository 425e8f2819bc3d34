"""The forms of a page as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

SENT = ("input", "select", "textarea", "button")
KEPT = ("hidden", "submit")
"""What nobody types into."""


@dataclass
class Form:
    """One form: where it goes, what stands in it, what a person may type into."""

    action: str
    method: str
    fixed: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)


class Reader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self, path: str) -> None:
        """`path` is the page's own, for forms that name none."""
        super().__init__()
        self.path, self.forms, self._open = path, list[Form](), False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A form begins, or one of its fields stands here."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = given.get("action") or given.get("hx-post") or self.path
            self.forms.append(Form(action.split("#")[0], given.get("method", "get").lower()))
            self._open = True
        elif tag in SENT and self._open and given.get("name"):
            kind = given.get("type", "submit" if tag == "button" else "text")
            form = self.forms[-1]
            (form.fixed if kind in KEPT else form.typed)[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """A form ends."""
        if tag == "form":
            self._open = False


def forms_of(path: str, page: str) -> list[Form]:
    """The forms of a page, those that ask and those that do."""
    reader = Reader(path)
    reader.feed(page)
    return reader.forms
