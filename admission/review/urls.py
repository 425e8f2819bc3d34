"""The address of the time limit of an application, day by day."""

from django.urls import path

from admission.review import portal

urlpatterns = [
    path("<int:pk>/clock/", portal.clock_days, name="clock"),
]
