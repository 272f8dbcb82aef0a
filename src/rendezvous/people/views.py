"""A person, with all that is known of them; and those to see again one day."""

from typing import ClassVar

from django import forms
from django.contrib import messages
from django.db.models import F, Max, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from rendezvous.people.models import Person
from rendezvous.practice import clock
from rendezvous.practice.access import DeskRequest, desk

MOST_SHOWN = 200


class PersonForm(forms.ModelForm):
    organisation_name = forms.CharField(label=_("Organisation"), max_length=160, required=False)

    class Meta:
        model = Person
        fields: ClassVar = ["name", "email", "phone", "note", "not_business"]
        widgets: ClassVar = {"note": forms.Textarea(attrs={"rows": 4})}

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        others = self.instance.practice.people.exclude(pk=self.instance.pk)
        if email and others.filter(email__iexact=email).exists():
            raise forms.ValidationError(gettext("Another of your contacts already has this address."))
        return email

    def save(self, commit: bool = True) -> Person:
        name = self.cleaned_data["organisation_name"].strip()
        organisations = self.instance.practice.organisations
        self.instance.organisation = (
            (organisations.filter(name__iexact=name).first() or organisations.create(name=name)) if name else None
        )
        saved: Person = super().save(commit)
        return saved


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: DeskRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(request.practice.people.select_related("organisation"), pk=pk)
    initial = {"organisation_name": row.organisation.name if row.organisation else ""}
    form = PersonForm(request.POST if request.method == "POST" else None, instance=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, gettext("Kept."))
        return redirect("person", row.pk)
    if form.errors:
        row.refresh_from_db()
    context = {
        "person": row,
        "form": form,
        "inquiries": row.inquiries.order_by("-created_at")[:50],
        "appointments": row.appointments.order_by("-starts_at")[:50],
    }
    return TemplateResponse(request, "people/person.html", context, status=422 if form.errors else 200)


@desk
@require_GET
def see_again(request: DeskRequest) -> HttpResponse:
    """Those who are not business, who was not seen for longest first."""
    met = Q(appointments__status="confirmed", appointments__ends_at__lte=clock.now())
    never_first = F("seen_at").asc(nulls_first=True)  # each engine has its own order otherwise
    friends = request.practice.people.filter(not_business=True).select_related("organisation")
    rows = friends.annotate(seen_at=Max("appointments__starts_at", filter=met)).order_by(never_first, "name", "pk")
    return TemplateResponse(request, "people/see_again.html", {"people": rows[:MOST_SHOWN]})
