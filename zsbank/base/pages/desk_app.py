"""Configuration of Django's admin with the desk's site."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """The admin with the desk's site."""

    default_site = "zsbank.base.pages.desk_site.DeskSite"
