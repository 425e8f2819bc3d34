"""Browser and system of a session in words, read from the User-Agent header."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Words = str | Promise

BROWSERS: tuple[tuple[str, Words], ...] = (
    (r"MicroMessenger/", gettext_lazy("WeChat")),
    (r"QQBrowser/", gettext_lazy("QQ Browser")),
    (r"360SE|360EE|QIHU", gettext_lazy("360 Browser")),
    (r"MetaSr|SogouMobileBrowser", gettext_lazy("Sogou Browser")),
    (r"HuaweiBrowser/", gettext_lazy("Huawei Browser")),
    (r"Edg(e|A|iOS)?/", "Edge"),
    (r"OPR/|Opera", "Opera"),
    (r"SamsungBrowser/", "Samsung Internet"),
    (r"Firefox/|FxiOS/", "Firefox"),
    (r"Chrome/|CriOS/|Chromium/", "Chrome"),
    (r"MSIE |Trident/", "Internet Explorer"),
    (r"Safari/", "Safari"),
)
"""Patterns in the order in which they are tried: most browsers also name the ones they derive from."""

SYSTEMS: tuple[tuple[str, Words], ...] = (
    (r"OpenHarmony|HarmonyOS", gettext_lazy("HarmonyOS")),
    (r"iPhone", "iPhone"),
    (r"iPad", "iPad"),
    (r"Android", gettext_lazy("Android")),
    (r"Windows", "Windows"),
    (r"Mac OS X|Macintosh", "macOS"),
    (r"CrOS", "ChromeOS"),
    (r"Linux|X11", "Linux"),
)


def device_in_words(user_agent: str) -> str:
    """Return browser and system, such as "Edge · Windows"; what is not recognised is said to be unknown."""
    browser = _first(BROWSERS, user_agent) or _("unknown browser")
    system = _first(SYSTEMS, user_agent) or _("unknown system")
    return f"{browser} · {system}"


def _first(known: tuple[tuple[str, Words], ...], user_agent: str) -> str:
    return next((str(words) for pattern, words in known if re.search(pattern, user_agent)), "")
