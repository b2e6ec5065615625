"""Addresses: pages over many contexts."""

from django.urls import path

from kamerton.web.desk import client, counts, day, owner, search

app_name = "desk"
urlpatterns = [
    path("", day.home, name="home"),
    path("owner/", owner.panel, name="owner"),
    path("clients/<int:pk>/", client.overview, name="client"),
    path("clients/<int:pk>/sales/", client.sales, name="client-sales"),
    path("clients/<int:pk>/history/", client.history, name="client-history"),
    path("search/", search.search, name="search"),
    path("counts/", counts.counts, name="counts"),
]
