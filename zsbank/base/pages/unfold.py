"""Settings of Unfold, of which the desk uses the lists' machinery and the sidebar; pages are our own templates."""

from typing import Any

UNFOLD: dict[str, Any] = {
    "DASHBOARD_CALLBACK": "zsbank.site.staff.home.fill_home",
    "SIDEBAR": {"navigation": "zsbank.site.staff.sidebar.sidebar"},
}
