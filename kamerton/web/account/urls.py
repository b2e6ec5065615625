"""Addresses: account."""

from django.urls import URLPattern, path
from django.views.generic import RedirectView

from kamerton.web.account.views import journal, people, profile, signing, welcome

app_name = "account"
urlpatterns: list[URLPattern] = [
    path("welcome/", welcome.welcome, name="welcome"),
    path("welcome/company/", welcome.found, name="found"),
    path("welcome/demo/", welcome.order_demo, name="welcome-demo"),
    path("welcome/making/", welcome.making, name="welcome-making"),
    path("demo/<int:pk>/", welcome.demo_sign_in, name="demo-sign-in"),
    path("invitation/<str:token>/", welcome.invitation, name="invitation"),
    # these three stand before allauth's and Django's own of the same address
    path("auth/login/", signing.SignIn.as_view(), name="sign-in"),
    path("auth/email/", RedirectView.as_view(pattern_name="account:profile"), name="email"),
    path("i18n/setlang/", signing.language, name="language"),
    path("profile/", profile.profile, name="profile"),
    path("profile/tokens/", profile.tokens, name="tokens"),
    path("profile/tokens/<int:pk>/revoke/", profile.revoke_token, name="token-revoke"),
    path("users/", people.users, name="users"),
    path("users/invite/", people.invite, name="invite"),
    path("users/invitations/<int:pk>/withdraw/", people.withdraw, name="withdraw"),
    path("users/<int:pk>/", people.user, name="user"),
    path("users/<int:pk>/sessions/end/", people.end_sessions, name="user-end-sessions"),
    path("users/<int:pk>/deactivate/", people.deactivate, name="user-deactivate"),
    path("users/<int:pk>/reactivate/", people.reactivate, name="user-reactivate"),
    path("users/<int:pk>/change/<slug:part>/", people.change, name="user-change"),
    path("journal/", journal.journal, name="journal"),
    path("journal/export/", journal.export, name="journal-export"),
]
