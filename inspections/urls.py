"""Portal addresses of determinations, rectification, assessment, fee notices, complaints and inspections."""

from inspections.assessments.urls import urlpatterns as assessments
from inspections.complaints.urls import urlpatterns as complaints
from inspections.determinations.urls import urlpatterns as determinations
from inspections.fees.urls import urlpatterns as fees
from inspections.rectification.urls import urlpatterns as rectification
from inspections.visits.urls import urlpatterns as visits

app_name = "inspections"
urlpatterns = [*determinations, *rectification, *assessments, *fees, *complaints, *visits]
