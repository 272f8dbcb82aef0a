"""A field as our pages draw it."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def input(field: BoundField, css_class: str = "") -> SafeString:  # noqa: A001 (what it draws)
    """The field's control; with an error, it says that it is invalid and which sentence tells why."""
    attributes: dict[str, str | bool] = {"class": css_class} if css_class else {}
    if field.errors:
        attributes |= {"aria-invalid": "true", "aria-describedby": f"{field.id_for_label}_error"}
        if field.name == next(iter(field.form.errors)):
            attributes["autofocus"] = True  # the page opens where something is to be mended
    return field.as_widget(attrs=attributes)
