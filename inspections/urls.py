"""Addresses of rectification and assessment."""

from django.urls import path

from inspections import views

app_name = "inspections"
urlpatterns = [
    path("rectification/", views.orders, name="orders"),
    path("rectification/<int:pk>/", views.order, name="order"),
    path("rectification/<int:pk>/report/", views.report, name="report"),
    path("rectification/<int:pk>/files/<int:file_pk>/", views.file, name="file"),
    path("assessments/", views.assessments, name="assessments"),
]
