from django.urls import path

from rendezvous.practice.views import entrance, settings

urlpatterns = [
    path("premiers-pas/<str:token>/", entrance.setup, name="setup"),
    path("mot-de-passe/<str:token>/", entrance.new_password, name="new_password"),
    path("bureau/reglages/", settings.settings, name="settings"),
    path("bureau/reglages/heures/", settings.hours, name="hours"),
    path("bureau/reglages/langue/", settings.language, name="language"),
    path("bureau/activite/<int:pk>/", settings.change_practice, name="change_practice"),
]
