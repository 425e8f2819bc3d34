"""Addresses of exit."""

from django.urls import path

from exit import views

app_name = "exit"
urlpatterns = [
    path("", views.standing, name="standing"),
    path("apply/", views.apply, name="apply"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
