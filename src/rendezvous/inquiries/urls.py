from django.urls import path

from rendezvous.inquiries.channels.web import views as web
from rendezvous.inquiries.views import answer, inbox, inquiry, outbox

urlpatterns = [
    path("", web.front, name="front"),
    path("p/<slug:slug>/", web.front, name="practice_front"),
    path("d/<str:token>/", web.personal, name="personal"),
    path("d/<str:token>/fichiers/<int:pk>/", web.personal_file, name="personal_file"),
    path("bureau/", inbox.inbox, name="inbox"),
    path("bureau/demandes/<int:pk>/", inquiry.inquiry, name="inquiry"),
    path("bureau/demandes/<int:pk>/intuition/", inquiry.gut, name="gut"),
    path("bureau/demandes/<int:pk>/brief/<str:name>/", inquiry.slot, name="slot"),
    path("bureau/demandes/<int:pk>/signes/<str:name>/", inquiry.signal, name="signal"),
    path("bureau/demandes/<int:pk>/decision/", inquiry.decide, name="decide"),
    path("bureau/demandes/<int:pk>/vu/", inquiry.seen, name="seen"),
    path("bureau/demandes/<int:pk>/accueillir/", inquiry.take_in, name="take_in"),
    path("bureau/demandes/<int:pk>/de-cote/", inquiry.put_aside, name="put_aside"),
    path("bureau/demandes/<int:pk>/note/", inquiry.note, name="note"),
    path("bureau/demandes/<int:pk>/fichiers/<int:file_pk>/", inquiry.file, name="file"),
    path("bureau/demandes/<int:pk>/reponse/<str:action>/", answer.answer, name="answer"),
    path("bureau/demandes/<int:pk>/reprendre-la-reponse/", answer.take_back, name="take_back"),
    path("bureau/envois/", outbox.outbox, name="outbox"),
    path("bureau/envois/<int:pk>/", outbox.mail, name="mail"),
    path("bureau/envois/<int:pk>/message.eml", outbox.eml, name="eml"),
    path("bureau/envois/<int:pk>/renvoyer/", outbox.again, name="send_again"),
]
