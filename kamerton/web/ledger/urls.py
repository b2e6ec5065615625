"""Addresses: ledger."""

from django.urls import URLPattern, path

from kamerton.web.ledger import columns, imports, lines, months, profiles, steps

app_name = "ledger"
urlpatterns: list[URLPattern] = [
    path("imports/", imports.import_list, name="imports"),
    path("imports/new/", imports.upload, name="upload"),
    path("imports/template.csv", imports.template, name="template"),
    path("imports/<int:pk>/", steps.report, name="report"),
    path("imports/<int:pk>/columns/", columns.mapping, name="mapping"),
    path("imports/<int:pk>/check/", steps.check, name="check"),
    path("imports/<int:pk>/publish/", steps.publish, name="publish"),
    path("imports/<int:pk>/cancel/", steps.cancel, name="cancel"),
    path("imports/<int:pk>/undo/", steps.undo, name="undo"),
    path("imports/<int:pk>/errors.<str:form>", steps.errors, name="errors"),
    path("imports/layouts/", profiles.profile_list, name="profiles"),
    path("imports/layouts/<int:pk>/forget/", profiles.forget, name="forget-profile"),
    path("imports/months/", months.month_list, name="months"),
    path("imports/months/<str:month>/lock/", months.lock, name="lock"),
    path("imports/months/<str:month>/unlock/", months.unlock, name="unlock"),
    path("imports/unassigned/", lines.unassigned, name="unassigned"),
]
