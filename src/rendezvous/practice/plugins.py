"""What an installation plugs in: a function named in its settings as "module:function"."""

from collections.abc import Callable
from importlib import import_module
from typing import Any


def plugged(name: str) -> Callable[..., Any]:
    """The function of that name. `ImportError` or `AttributeError` where there is none."""
    module, _colon, function = name.partition(":")
    return getattr(import_module(module), function)
