"""URLs of the set-up."""

from django.urls import path

from zsbank.site.set_up import views

app_name = "set_up"
urlpatterns = [
    path("", views.page, name="page"),
    path("mail/", views.test_mail, name="test_mail"),
]
