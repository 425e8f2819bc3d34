"""URLs of the help."""

from django.urls import path

from zsbank.site.help import views

app_name = "help"
urlpatterns = [
    path("", views.bank, name="bank"),
    path("desk/", views.desk, name="desk"),
]
