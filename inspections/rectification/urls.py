"""Portal addresses of rectification orders."""

from django.urls import path

from inspections.rectification import portal

urlpatterns = [
    path("rectification/", portal.orders, name="orders"),
    path("rectification/<int:pk>/", portal.order, name="order"),
    path("rectification/<int:pk>/report/", portal.report, name="report"),
    path("rectification/<int:pk>/files/<int:file_pk>/", portal.file, name="file"),
]
