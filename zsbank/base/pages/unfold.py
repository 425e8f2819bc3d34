"""Settings of Unfold: appearance of the desk, without external requests."""

from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": _("Cooperating banks"),
    "SITE_HEADER": _("Cooperating banks"),
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": True,
    "THEME": "light",
    "STYLES": [lambda request: static("css/desk.css")],
    "SITE_ICON": lambda request: static("img/mark.svg"),
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("img/mark.svg")},
    ],
    "DASHBOARD_CALLBACK": "zsbank.site.staff.home.fill_home",
    "SIDEBAR": {"show_search": False, "navigation": "zsbank.site.staff.sidebar.sidebar"},
    "COLORS": {
        "primary": {
            "50": "#f4f8fd",
            "100": "#eaf1fa",
            "200": "#cfdff2",
            "300": "#a5c3e6",
            "400": "#6d9ad3",
            "500": "#3d72b8",
            "600": "#1d4f91",
            "700": "#163d70",
            "800": "#143459",
            "900": "#122b49",
            "950": "#0c1c30",
        }
    },
}
