"""The register of cooperating banks: settings, URLs, Celery, and the code that all cases share."""

from zsbank.celery import app as celery_app

__all__ = ["celery_app"]
