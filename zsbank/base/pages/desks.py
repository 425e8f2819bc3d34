"""Registration of the desks of all declared cases."""

from django.contrib.admin import AdminSite

from zsbank.base.cases.registry import cases


def register_desks(site: AdminSite) -> None:
    """Register list and pages of every declared case that has a desk."""
    for case in cases():
        if case.desk is not None:
            desk = type(f"{case.model.__name__}Desk", (case.desk,), {"declared": case})
            site.register(case.model, desk)
