"""The part of django-fsm-2 that is used here.

Its own types make the mixins models, and then the type checker takes every manager of our models for anything.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import models

_Method = TypeVar("_Method", bound=Callable[..., Any])

class TransitionNotAllowed(Exception): ...
class ConcurrentTransition(Exception): ...

class FSMField(models.CharField[Any, Any]):
    def __init__(self, *args: Any, protected: bool = ..., **kwargs: Any) -> None: ...

class FSMModelMixin: ...
class ConcurrentTransitionMixin(FSMModelMixin): ...

def transition(
    field: FSMField | str,
    source: str | Sequence[str] = ...,
    target: Any = ...,
    on_error: str | None = ...,
    conditions: Sequence[Callable[[Any], bool]] = ...,
    permission: Callable[..., bool] | str | None = ...,
    custom: dict[str, Any] | None = ...,
) -> Callable[[_Method], _Method]: ...
def can_proceed(bound_method: Callable[..., Any], check_conditions: bool = ...) -> bool: ...
