from django.urls import path

from rendezvous.appointments.views import before, companion, desk, stranger

urlpatterns = [
    path("i/<str:token>/", stranger.invitation_page, name="invitation"),
    path("i/<str:token>/autre-moment/", stranger.other_time, name="other_time"),
    path("rdv/<str:token>/", stranger.appointment_page, name="appointment_page"),
    path("rdv/<str:token>/rendez-vous.ics", stranger.appointment_ics, name="appointment_ics"),
    path("bureau/agenda/", desk.agenda, name="agenda"),
    path("bureau/agenda/nouveau/", desk.new_appointment, name="new_appointment"),
    path("bureau/demandes/<int:inquiry_pk>/rendez-vous/", desk.new_appointment, name="new_appointment_for"),
    path("bureau/rendez-vous/<int:pk>/", desk.appointment, name="appointment"),
    # Its place is its scope: the pages of appointments, and no other.
    path("bureau/rendez-vous/hors-ligne.js", before.offline_script, name="offline_script"),
    path("bureau/rendez-vous/<int:pk>/avant/", before.before, name="before"),
    path("bureau/rendez-vous/<int:pk>/sur-place/", companion.companion, name="companion"),
    path("bureau/rendez-vous/<int:pk>/notes/", companion.notes, name="meeting_notes"),
    path("bureau/rendez-vous/<int:pk>/observation/", companion.touch, name="meeting_observe"),
    path("bureau/rendez-vous/<int:pk>/intuition/", companion.gut, name="meeting_gut"),
    path("bureau/rendez-vous/<int:pk>/fin/", companion.end, name="meeting_end"),
    path("bureau/rendez-vous/<int:pk>/hors-affaires/", companion.friend, name="meeting_friend"),
    path("bureau/rendez-vous/<int:pk>/deplacer/", desk.move_appointment, name="move_appointment"),
    path("bureau/rendez-vous/<int:pk>/annuler/", desk.cancel_appointment, name="cancel_appointment"),
]
