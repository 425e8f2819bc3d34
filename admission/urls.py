"""Addresses of applications."""

from django.urls import path

from admission import evidence_views, views

app_name = "admission"
urlpatterns = [
    path("", views.applications, name="list"),
    path("start/", views.start, name="start"),
    path("<int:pk>/", views.task_list, name="task_list"),
    path("<int:pk>/criteria/<int:number>/", views.criterion, name="criterion"),
    path("<int:pk>/criteria/<int:number>/autosave/", views.autosave, name="autosave"),
    path("<int:pk>/criteria/<int:number>/evidence/", evidence_views.upload, name="upload"),
    path("<int:pk>/copy/", evidence_views.copy, name="copy"),
    path("<int:pk>/submit/", views.submit, name="submit"),
    path("<int:pk>/receipt/", views.receipt, name="receipt"),
    path("<int:pk>/receipt.pdf", views.receipt_pdf, name="receipt_pdf"),
    path("<int:pk>/supplement/", views.supplement, name="supplement"),
    path("<int:pk>/clock/", views.clock_days, name="clock"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("evidence/<int:pk>/", evidence_views.evidence, name="evidence"),
]
