from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "rendezvous.site"
    label = "site"
