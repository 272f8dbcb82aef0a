"""Judging: how likely an inquiry is to be signed, how sure that is, and what to do next.

Pure values in and out: no database, no Django, nothing of the other packages. numpy is loaded only when
learning.

    >>> from rendezvous.judging import Case, forecast
    >>> history = [Case({"channel": "blog"}, outcome=True), Case({"channel": "ad"}, outcome=False)]
    >>> round(forecast(history, Case({"channel": "blog"})).probability, 1)
    0.3

From a table: `read_table`, `cases_from`, then `learn(history, prior=ANY_TABLE)` and `Model.forecast_many`,
or `validate` to know how good that is. For a practice's own inquiries, the default prior `FREELANCE`. For
advice, `advise`, whose reasons are listed in `rendezvous.judging.advice`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from rendezvous.judging.advice import Action, Advice, AdviceReason, Situation, advise
from rendezvous.judging.cases import ANY_TABLE, FREELANCE, Case, Feature, Forecast, Prior, Reason
from rendezvous.judging.model import Model, forecast, learn

if TYPE_CHECKING:
    from rendezvous.judging.table import Table, TableError, cases_from, read_table
    from rendezvous.judging.validation import Validation, validate

__all__ = [
    "ANY_TABLE",
    "FREELANCE",
    "Action",
    "Advice",
    "AdviceReason",
    "Case",
    "Feature",
    "Forecast",
    "Model",
    "Prior",
    "Reason",
    "Situation",
    "Table",
    "TableError",
    "Validation",
    "advise",
    "cases_from",
    "forecast",
    "learn",
    "read_table",
    "validate",
]

#: What only `rdv forecast` needs is loaded when it is first asked for, so that pages start sooner.
_LATER = {
    "Table": "table",
    "TableError": "table",
    "cases_from": "table",
    "read_table": "table",
    "Validation": "validation",
    "validate": "validation",
}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
    globals()[name] = found
    return found
