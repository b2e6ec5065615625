"""Addresses: what a candidate opens by a personal link."""

from django.urls import URLPattern, path

from kamerton.web.hiring.public import booking, filling, withdrawing

app_name = "candidate"
urlpatterns: list[URLPattern] = [
    path("policy/", withdrawing.read_policy, name="policy"),
    path("form/<str:token>/", filling.page, name="form"),
    path("form/<str:token>/draft/", filling.draft, name="draft"),
    path("interview/<str:token>/", booking.page, name="booking"),
    path("interview/<str:token>/interview.ics", booking.calendar, name="ics"),
    path("withdraw/<str:token>/", withdrawing.withdraw, name="withdraw"),
]
