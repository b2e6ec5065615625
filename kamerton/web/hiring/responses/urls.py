"""Addresses: hiring, answers of a job site."""

from django.urls import URLPattern, path

from kamerton.web.hiring.responses import views

urlpatterns: list[URLPattern] = [
    path("vacancies/<int:pk>/responses/", views.order, name="vacancy-responses"),
]
