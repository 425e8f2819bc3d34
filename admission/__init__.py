"""Admission: policy editions with their criteria, applications, review and decision."""
