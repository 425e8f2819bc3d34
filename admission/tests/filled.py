"""The form of a page with what stands in it, as a browser would send it unchanged."""

from html.parser import HTMLParser


class Filled(HTMLParser):
    """Collects the fields of all forms that are sent by POST."""

    def __init__(self) -> None:
        """Nothing is read yet."""
        super().__init__()
        self.fields: dict[str, str] = {}
        self._posting = False
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what a field holds when the page is opened."""
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
        """What stands between the tags of a text."""
        if self._textarea:
            self.fields[self._textarea] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        """A field or a form ends."""
        if tag == "form":
            self._posting = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""


def filled(page: str) -> dict[str, str]:
    """The fields of a page by name."""
    reader = Filled()
    reader.feed(page)
    return reader.fields
