"""Addresses: hiring, offers."""

from django.urls import URLPattern, path

from kamerton.web.hiring.offers import choice, one

urlpatterns: list[URLPattern] = [
    path("vacancies/<int:pk>/choice/", choice.page, name="choice"),
    path("candidates/<int:pk>/choose/", choice.choose, name="choose"),
    path("candidates/<int:pk>/turn-down/", choice.turn_down, name="turn-down"),
    path("candidates/<int:pk>/offers/", one.panel, name="candidate-offers"),
    path("candidates/<int:pk>/offer/", one.new, name="offer-new"),
    path("offers/", one.listed, name="offers"),
    path("offers/<int:pk>/", one.page, name="offer"),
    path("offers/<int:pk>/offer.pdf", one.pdf, name="offer-pdf"),
    path("offers/<int:pk>/approve/", one.approve, name="offer-approve"),
    path("offers/<int:pk>/send/", one.send, name="offer-send"),
    path("offers/<int:pk>/answer/", one.answer, name="offer-answer"),
    path("offers/<int:pk>/take-back/", one.take_back, name="offer-take-back"),
]
