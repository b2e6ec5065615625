"""Addresses: plans."""

from django.urls import URLPattern, path

from kamerton.web.plans import editing, exchange, lists, moving, new_period, one, periods

app_name = "plans"
OF_CLIENT = "clients/<int:pk>/plan/"
PART = f"{OF_CLIENT}parts/<str:relation>/"
PERIOD = "plans/periods/<int:pk>/<slug:kind>/<str:start>/"
urlpatterns: list[URLPattern] = [
    path("plans/", lists.page, name="perspective"),
    path("plans/periods/", periods.page, name="periods"),
    path("plans/periods/new/", new_period.page, name="period-new"),
    path(PERIOD, periods.put, name="period"),
    path(f"{PERIOD}remove/", periods.remove, name="period-remove"),
    path("plans/indexes/", one.indexes, name="indexes"),
    path(OF_CLIENT, one.page, name="plan"),
    path(f"{OF_CLIENT}begin/", one.begin, name="begin"),
    path(f"{OF_CLIENT}tile/", one.tile, name="tile"),
    path(f"{OF_CLIENT}three-tasks/", one.three_tasks, name="three-tasks"),
    path(f"{OF_CLIENT}versions/", one.versions, name="versions"),
    path(f"{OF_CLIENT}file/<slug:kind>/", one.document, name="document"),
    path(f"{OF_CLIENT}table/", exchange.download, name="table"),
    path(f"{OF_CLIENT}table/actions/", exchange.actions_table, name="actions-table"),
    path(f"{OF_CLIENT}table/read/", exchange.upload, name="table-read"),
    path(f"{OF_CLIENT}text/<slug:section>/", editing.text, name="text"),
    path(PART, editing.add, name="part-add"),
    path(f"{PART}<int:part>/", editing.change, name="part"),
    path(f"{PART}<int:part>/remove/", editing.remove, name="part-remove"),
    path(f"{OF_CLIENT}steps/<slug:step>/", moving.move, name="move"),
    path(f"{OF_CLIENT}start/", moving.start, name="start"),
    path(f"{OF_CLIENT}comment/", moving.comment, name="comment"),
    path(f"{OF_CLIENT}actions/<int:part>/<slug:step>/", moving.action, name="action"),
    path(f"{OF_CLIENT}company/<int:part>/<slug:step>/", moving.company, name="company"),
]
