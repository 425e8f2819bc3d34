"""Browser and system of a session in words, read from the User-Agent header."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Words = str | Promise

BROWSERS: tuple[tuple[re.Pattern[str], Words], ...] = (
    (re.compile(r"MicroMessenger/"), gettext_lazy("WeChat")),
    (re.compile(r"QQBrowser/"), gettext_lazy("QQ Browser")),
    (re.compile(r"360SE|360EE|QIHU"), gettext_lazy("360 Browser")),
    (re.compile(r"MetaSr|SogouMobileBrowser"), gettext_lazy("Sogou Browser")),
    (re.compile(r"HuaweiBrowser/"), gettext_lazy("Huawei Browser")),
    (re.compile(r"Edg(e|A|iOS)?/"), "Edge"),
    (re.compile(r"OPR/|Opera"), "Opera"),
    (re.compile(r"SamsungBrowser/"), "Samsung Internet"),
    (re.compile(r"Firefox/|FxiOS/"), "Firefox"),
    (re.compile(r"Chrome/|CriOS/|Chromium/"), "Chrome"),
    (re.compile(r"MSIE |Trident/"), "Internet Explorer"),
    (re.compile(r"Safari/"), "Safari"),
)
"""Patterns in the order in which they are tried: most browsers also name the ones they derive from."""

SYSTEMS: tuple[tuple[re.Pattern[str], Words], ...] = (
    (re.compile(r"OpenHarmony|HarmonyOS"), gettext_lazy("HarmonyOS")),
    (re.compile(r"iPhone"), "iPhone"),
    (re.compile(r"iPad"), "iPad"),
    (re.compile(r"Android"), gettext_lazy("Android")),
    (re.compile(r"Windows"), "Windows"),
    (re.compile(r"Mac OS X|Macintosh"), "macOS"),
    (re.compile(r"CrOS"), "ChromeOS"),
    (re.compile(r"Linux|X11"), "Linux"),
)


def device_in_words(user_agent: str) -> str:
    """Return browser and system, such as "Edge · Windows"; what is not recognised is said to be unknown."""
    browser = _first(BROWSERS, user_agent) or _("unknown browser")
    system = _first(SYSTEMS, user_agent) or _("unknown system")
    return f"{browser} · {system}"


def _first(known: tuple[tuple[re.Pattern[str], Words], ...], user_agent: str) -> str:
    return next((str(words) for pattern, words in known if pattern.search(user_agent)), "")
