"""Django's admin with the desk's own site."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """The admin, of which the desk is made."""

    default_site = "zsbank.base.pages.desk_site.DeskSite"
