from django.urls import path

from rendezvous.agreements import views

urlpatterns = [
    path("bureau/demandes/<int:pk>/issue/", views.outcome, name="outcome"),
    path("bureau/demandes/<int:pk>/pas-encore/", views.not_yet, name="not_yet"),
    path("bureau/demandes/<int:pk>/reprendre/", views.go_on, name="go_on"),
    path("d/<str:token>/retirer/", views.withdraw_page, name="withdraw"),
]
