"""Portal addresses of outlets and their import."""

from django.urls import path

from banks.outlets.portal import exports, imports, outlets

urlpatterns = [
    path("outlets/", outlets.outlets, name="outlets"),
    path("outlets/new/", outlets.edit_outlet, name="new_outlet"),
    path("outlets/import/", imports.upload, name="import_upload"),
    path("outlets/import/<int:pk>/", imports.preview, name="import"),
    path("outlets/import/<int:pk>/columns/", imports.columns, name="import_columns"),
    path("outlets/import/template.xlsx", exports.template, {"kind": "xlsx"}, name="import_template_xlsx"),
    path("outlets/import/template.csv", exports.template, {"kind": "csv"}, name="import_template_csv"),
    path("outlets/export.xlsx", exports.export, {"kind": "xlsx"}, name="export_xlsx"),
    path("outlets/export.csv", exports.export, {"kind": "csv"}, name="export_csv"),
    path("outlets/<int:pk>/", outlets.edit_outlet, name="outlet"),
    path("outlets/<int:pk>/remove/", outlets.remove_outlet, name="remove_outlet"),
]
