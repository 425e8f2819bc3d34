"""Portal address of the time limit calendar."""

from django.urls import path

from admission.review import portal

urlpatterns = [
    path("<int:pk>/clock/", portal.clock_days, name="clock"),
]
