"""Forms of a page with their present values, as a browser would submit them."""

from html.parser import HTMLParser


class Filled(HTMLParser):
    """Collects the fields of all POST forms."""

    def __init__(self) -> None:
        """Start without fields."""
        super().__init__()
        self.fields: dict[str, str] = {}
        self._posting = False
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Store the initial value of a field."""
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self._posting = given.get("method") == "post"
        elif not self._posting:
            return
        elif tag == "input":
            self._keep(name, given)
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in given or self._select not in self.fields:
                self.fields[self._select] = given.get("value") or ""
        elif tag == "textarea":
            self._textarea, self.fields[name] = name, ""

    def _keep(self, name: str, given: dict[str, str | None]) -> None:
        kind = given.get("type")
        ticked = kind not in ("checkbox", "radio") or "checked" in given
        if name and kind not in ("submit", "file") and ticked:
            self.fields[name] = given.get("value") or ("on" if kind == "checkbox" else "")

    def handle_data(self, data: str) -> None:
        """Store the text of a textarea."""
        if self._textarea:
            self.fields[self._textarea] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a field or a form."""
        if tag == "form":
            self._posting = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""


def filled(page: str) -> dict[str, str]:
    """Return the fields of a page by name."""
    reader = Filled()
    reader.feed(page)
    return reader.fields
