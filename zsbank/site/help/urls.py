"""URLs of the help."""

from django.urls import path

from zsbank.site.help import views

app_name = "help"
urlpatterns = [
    path("help/", views.bank, name="bank"),
    path("admin/help/", views.desk, name="desk"),
]
