"""Addresses: the method."""

from django.urls import path

from kamerton.web.methodology import views

app_name = "methodology"
urlpatterns = [
    path("", views.home, name="home"),
    path("versions/", views.versions, name="versions"),
    path("versions/<int:number>/", views.version, name="version"),
    path("<slug:section>/", views.section, name="section"),
]
