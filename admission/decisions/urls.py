"""Portal address of an application."""

from django.urls import path

from admission.decisions import portal

urlpatterns = [
    path("<int:pk>/", portal.task_list, name="task_list"),
]
