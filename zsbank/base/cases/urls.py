"""URLs of a case's pages at the desk."""

from typing import Any

from django.db.models import Model
from django.urls import reverse

from zsbank.base.actions.door import Action


def base_of(model: type[Model]) -> str:
    """Return the prefix of the URL names of a model's pages at the desk, such as `exit_exitcase`."""
    return f"{model._meta.app_label}_{model._meta.model_name}"


def list_page(model: type[Model], query: str = "") -> str:
    """Return the URL of the list; `query` filters it, such as `?state=open`."""
    return reverse(f"admin:{base_of(model)}_changelist") + query


def case_page(row: Model) -> str:
    """Return the URL of a row's page."""
    return reverse(f"admin:{base_of(type(row))}_change", args=[row.pk])


def action_page(row: Model, action: Action[..., Any]) -> str:
    """Return the URL of the page of an action on a row."""
    return reverse(f"admin:{base_of(type(row))}_action", args=[row.pk, action.verb.value])


def list_action_page(model: type[Model], action: Action[..., Any]) -> str:
    """Return the URL of the page of an action without a row."""
    return reverse(f"admin:{base_of(model)}_list_action", args=[action.verb.value])
