from django.urls import path

from rendezvous.insight import views

urlpatterns = [path("bureau/regard/", views.insight, name="insight")]
