from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "rendezvous.agreements"
