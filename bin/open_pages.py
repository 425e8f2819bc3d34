"""Opens the main pages of a running register as each person of the demonstration would: `open_pages.py ADDRESS`.

The words of bin/run come on standard input; a sign-in is a line with a user name and a password behind it.
Standard library only.
"""

import re
import sys
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

SIGN_IN = re.compile(r"^\s*(?P<user>[\w.@-]+)\s+(?P<password>\S+-\S+-\S+)\s", re.MULTILINE | re.ASCII)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
FOR_ALL = ("/", "/healthz", "/api/v1/criteria/", "/api/schema/", "/api/docs/")
FOR_STAFF = ("/admin/",)


class Person:
    """A browser of the simplest kind."""

    def __init__(self, address: str) -> None:
        """`address` is the register's, without a slash at the end."""
        self.address = address
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def open(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, text and path at which the redirects ended."""
        data = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(self.address + path, data=data, headers={"Referer": self.address})
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode(), urllib.parse.urlparse(answer.url).path
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(errors="replace"), path

    def sign_in(self, user: str, password: str) -> bool:
        """Whether the register let this person in."""
        _, page, path = self.open("/accounts/login/")
        token = TOKEN.search(page)
        if not token:
            return False
        form = {"csrfmiddlewaretoken": token[1], "login": user, "password": password}
        status, _, ended = self.open(path, form)
        return status == 200 and "login" not in ended
