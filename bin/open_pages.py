"""Open the main pages of a running register as people of the demonstration: `open_pages.py ADDRESS [NAME…]`.

Without names as each of them. Reads the output of bin/run from standard input: a line for each person, then their
common password. Standard library only. Exits 1 and names the page if one does not open.
"""

import html
import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

SIGN_INS = re.compile(r"(?P<people>(?:^  [a-z].*\n)+)  密码 password: (?P<password>\S+)", re.MULTILINE)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
FOR_ALL = ("/accounts/login/", "/static/css/app.css")
PATIENCE = 90.0
FOR_PEOPLE = ("/api/v1/criteria/", "/api/schema/", "/api/docs/")
LINK = re.compile(r'href="(/(?!static/|accounts/logout|admin/logout|i18n/)[^"#]*)"')


class Person:
    """A minimal browser."""

    def __init__(self, address: str) -> None:
        """`address` has no trailing slash."""
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def open(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Return status (0 without an answer), text, and path after redirects."""
        data = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(self.address + path, data=data, headers={"Referer": self.address})  # noqa: S310
        try:
            with self.opener.open(request, timeout=30) as answer:
                return (
                    answer.status,
                    answer.read().decode(errors="replace"),
                    urllib.parse.urlparse(answer.url).path,
                )
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace"), path
        except urllib.error.URLError as error:
            return 0, str(error.reason), path

    def must_open(self, path: str) -> str:
        """Return the page's text; exit if it does not open or asks to sign in."""
        status, page, ended = self.open(path)
        if status != 200 or ("/login/" in ended and ended != path):
            sys.exit(f"✗ {path} answered {status} and ended at {ended}")
        return page

    def sign_in(self, user: str, password: str) -> None:
        """Sign in with the form; exit if that fails."""
        token = TOKEN.search(self.must_open("/accounts/login/"))
        if not token:
            sys.exit("✗ the sign-in page has no CSRF token")
        form = {"csrfmiddlewaretoken": token[1], "login": user, "password": password}
        status, _, ended = self.open("/accounts/login/", form)
        if status != 200 or "/login/" in ended:
            sys.exit(f"✗ {user} could not sign in: {status} at {ended}")


def visit(address: str, user: str, password: str) -> int:
    """Sign in and open every page linked from the first; return the number of pages."""
    person = Person(address)
    person.sign_in(user, password)
    pages = set(FOR_PEOPLE) | set(LINK.findall(person.must_open("/")))
    for page in sorted(pages):
        person.must_open(html.unescape(page))
    return len(pages)


def wait_until_well(address: str) -> None:
    """Wait for the worker's first heartbeat; after `PATIENCE` seconds exit with the message of /healthz."""
    deadline = time.monotonic() + PATIENCE
    while True:
        status, words, _ = Person(address).open("/healthz")
        if status == 200:
            return
        if time.monotonic() > deadline:
            sys.exit(f"✗ /healthz answered {status}: {words}")
        time.sleep(1)


def main() -> None:
    """Visit without signing in, then as each person, or as those that are named."""
    address, names = sys.argv[1].rstrip("/"), sys.argv[2:]
    wait_until_well(address)
    for page in FOR_ALL:
        Person(address).must_open(page)
    found = SIGN_INS.search(sys.stdin.read())
    if not found:
        sys.exit("✗ bin/run named no sign-in")
    users = [line.split()[0] for line in found["people"].splitlines()]
    if unknown := set(names) - set(users):
        sys.exit(f"✗ bin/run named no {', '.join(sorted(unknown))}")
    for user in names or users:
        print(f"{user}: {visit(address, user, found['password'])} pages")  # noqa: T201 a report on the terminal


if __name__ == "__main__":
    main()
