from django.urls import path

from rendezvous.people import views

urlpatterns = [
    path("bureau/contacts/<int:pk>/", views.person, name="person"),
    path("bureau/contacts/a-revoir/", views.see_again, name="see_again"),
]
