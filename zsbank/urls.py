"""Root URL configuration."""

from django.contrib import admin
from django.urls import include, path

handler400 = "zsbank.site.portal.errors.bad_request"
handler500 = "zsbank.site.portal.errors.server_error"
urlpatterns = [
    path("", include("zsbank.site.portal.urls")),
    path("messages/", include("zsbank.site.messages.urls")),
    path("admin/set-up/", include("zsbank.site.set_up.urls")),
    path("admin/work/", include("zsbank.site.staff.urls")),
    path("admin/messages/", include("zsbank.site.messages.urls", namespace="desk_messages")),
    path("", include("zsbank.site.help.urls")),
    path("files/chosen/", include("zsbank.site.portal.chosen_urls")),
    path("bank/", include("banks.urls")),
    path("applications/", include("admission.urls")),
    path("", include("inspections.urls")),
    path("exit/", include("exit.urls")),
    path("admin/", admin.site.urls),
    path("accounts/", include("zsbank.site.portal.account_urls")),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("api/", include("zsbank.site.api.urls")),
    path("letters/", include("zsbank.site.auditor.urls")),
    path("", include("zsbank.site.operations.urls")),
]
