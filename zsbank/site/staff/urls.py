"""URLs of the work list's files."""

from django.urls import path

from zsbank.base.pages.exports.listed import ListFormat
from zsbank.site.staff.work_file import work_file

app_name = "staff"
urlpatterns = [path(f"list.{form}", work_file, {"form": form}, name=f"work_{form}") for form in ListFormat]
