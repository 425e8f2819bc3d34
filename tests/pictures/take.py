"""Takes screenshots of every page that each person of the demonstration, or nobody, can reach."""

import json
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

from tests.pictures.crawl import NOWHERE, Frontier, is_page, route_of, routes, seeds
from tests.pictures.names import name_of, pattern_of
from tests.pictures.window import CHROMIUM, QUIETLY, Window

NOBODY = "nobody"
FIRST = (NOBODY, "auditor", "audit", "system", "security")
"""Who sees the journal and who was here goes first: what the others do while they are pictured is then not in it."""


@dataclass
class Taken:
    """A set: persons, addresses by screenshot, faults of pages, and routes without screenshot."""

    people: list[str] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @classmethod
    def read(cls, folder: Path) -> "Taken":
        """Read what was taken so far; empty if nothing was."""
        path = folder / "taken.json"
        return cls(**json.loads(path.read_text(encoding="utf-8"))) if path.exists() else cls()

    def write(self, folder: Path) -> None:
        """Write what was taken."""
        shown = {route_of(page) for page in self.pictures.values()}
        self.unseen = sorted(route for route in {*routes()} - shown if is_page(f"/{route}"))
        words = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / "taken.json").write_text(words, encoding="utf-8")


class Round:
    """One round of all persons; pages visible to everybody are taken once."""

    def __init__(self, browser: Browser, address: str, out: Path, taken: Taken) -> None:
        """`address` has no trailing slash; `taken` is extended."""
        self.browser, self.address, self.out, self.taken = browser, address, out, taken
        pages = taken.pictures.items()
        self.anybodys = {page for name, page in pages if name.startswith(f"{NOBODY}/")}
        self.filters = {pattern_of(page) for _name, page in pages if "?" in page}

    def visit(self, person: str, password: str) -> int:
        """Take screenshots of what a person can reach; return the number of pages."""
        window, before = Window(self.browser, self.address), len(self.taken.pictures)
        if person != NOBODY:
            window.sign_in(person, password)
        answering = [path for path in seeds() if path not in self.anybodys and window.look(path)]
        if person == NOBODY:
            self.anybodys = set(answering)
        frontier = Frontier(["/", NOWHERE, *answering], self.filters)
        (self.out / person).mkdir(parents=True, exist_ok=True)
        for path in frontier.levels():
            try:
                self._page(window, person, path, frontier)
            except Error as error:
                if "crashed" not in error.message:
                    raise
                window.renew()
                self._page(window, person, path, frontier)
        window.close()
        return len(self.taken.pictures) - before

    def _page(self, window: Window, person: str, path: str, frontier: Frontier) -> None:
        status = window.open(path)
        shown = window.path
        if status >= 400 and path != NOWHERE:
            self.taken.faults.append(f"{person} {path}: {status}")
            return
        if not status or (shown != path and shown in frontier.seen) or not is_page(shown):
            return
        links = window.links()
        name = f"{person}/{name_of(pattern_of(shown), frontier.opened[pattern_of(shown)] + 1)}"
        faults = window.take(self.out / name)
        self.taken.faults += [f"{person} {shown}: {fault}" for fault in faults]
        self.taken.pictures[name] = shown
        frontier.opens(shown, links)


def take(out: Path, address: str, people: Iterable[str], password: str) -> Taken:
    """Take a whole set; `people` are sign-in names. An interrupted round continues with the next person."""
    out.mkdir(parents=True, exist_ok=True)
    taken = Taken.read(out)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIETLY))
        this = Round(browser, address, out, taken)
        for person in sorted((NOBODY, *people), key=_turn):
            if person in taken.people:
                continue
            since = time.monotonic()
            pages, seconds = this.visit(person, password), time.monotonic() - since
            print(f"{person}: {pages} pages in {seconds:.0f} s", flush=True)
            taken.people.append(person)
            taken.seconds += round(seconds, 1)
            taken.write(out)
        browser.close()
    return taken


def _turn(person: str) -> int:
    return FIRST.index(person) if person in FIRST else len(FIRST)
