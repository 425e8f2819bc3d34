"""The register of cooperating banks: settings, addresses, Celery and the rooms every case needs."""

from zsbank.celery import app as celery_app

__all__ = ["celery_app"]
