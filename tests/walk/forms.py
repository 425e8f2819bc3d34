"""The forms of a page as a browser would send them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

SENT = ("input", "select", "textarea", "button")
KEPT = ("hidden", "submit")
"""What nobody types into."""


@dataclass
class Form:
    """One form: its address, its present values, its text fields, and those that cut off what is pasted."""

    action: str
    method: str
    fixed: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    cut: list[str] = field(default_factory=list)


class Reader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self, path: str) -> None:
        """`path` is the page's address, for forms without an action."""
        super().__init__()
        self.path, self.forms, self._open = path, list[Form](), False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Start a form, or add a field."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = given.get("action") or given.get("hx-post") or self.path
            self.forms.append(Form(action.split("#")[0], given.get("method", "get").lower()))
            self._open = True
        elif tag in SENT and self._open and given.get("name"):
            kind = given.get("type", "submit" if tag == "button" else "text")
            form = self.forms[-1]
            if "maxlength" in given:
                form.cut.append(given["name"])
            (form.fixed if kind in KEPT else form.typed)[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """End a form."""
        if tag == "form":
            self._open = False


def forms_of(path: str, page: str) -> list[Form]:
    """Return all forms of a page, GET and POST."""
    reader = Reader(path)
    reader.feed(page)
    return reader.forms
