"""Every address of the site. Strangers' pages are short; the desk is under /bureau/, signing in under /compte/."""

from allauth.account import views as account
from django.urls import include, path
from django.views.generic import RedirectView

from rendezvous.site.accounts import request_login_code

# Of allauth, what an owner needs: nobody signs up here, addresses are not managed by their holders.
accounts = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("login/code/", request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", account.confirm_login_code, name="account_confirm_login_code"),
    path("2fa/", RedirectView.as_view(pattern_name="mfa_list_webauthn"), name="mfa_index"),
    path("2fa/", include("allauth.mfa.urls")),
]

urlpatterns = [
    path("compte/", include(accounts)),
    path("", include("rendezvous.practice.urls")),
    path("", include("rendezvous.people.urls")),
    path("", include("rendezvous.appointments.urls")),
    path("", include("rendezvous.agreements.urls")),
    path("", include("rendezvous.insight.urls")),
    path("", include("rendezvous.inquiries.urls")),
]

handler400 = "rendezvous.site.errors.bad_request"
handler404 = "rendezvous.site.errors.not_found"
handler500 = "rendezvous.site.errors.server_error"
