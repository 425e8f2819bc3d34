"""Registering the desks of all declared cases."""

from django.contrib.admin import AdminSite

from zsbank.base.cases.registry import cases


def register_desks(site: AdminSite) -> None:
    """Give every declared case that has a desk its list and pages at the site."""
    for case in cases():
        if case.desk is not None:
            desk = type(f"{case.model.__name__}Desk", (case.desk,), {"declared": case})
            site.register(case.model, desk)
