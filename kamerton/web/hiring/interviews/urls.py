"""Addresses: hiring, interviews."""

from django.urls import URLPattern, path

from kamerton.web.hiring.interviews import (
    calibrating,
    checking,
    day,
    inviting,
    moving,
    panel,
    rates,
    scoring,
    sheet,
    slots,
)

DAY = "interviews/"
ONE = f"{DAY}<int:pk>/"
PERSON = f"{DAY}people/<int:pk>/"
CHOICE = "applications/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path(DAY, day.page, name="interviews"),
    path(f"{DAY}slots/new/", slots.new, name="slots-new"),
    path(f"{DAY}check-in/", checking.page, name="check-in"),
    path(f"{DAY}remind/", moving.remind_all, name="remind-all"),
    path(f"{DAY}show-rate/", rates.page, name="show-rate"),
    path(ONE, sheet.page, name="session"),
    path(f"{ONE}invite/", inviting.to_session, name="invite"),
    path(f"{ONE}again/", inviting.again, name="invite-again"),
    path(f"{ONE}allowed/", slots.allowed, name="allowed"),
    path(f"{ONE}cancel/", slots.cancel, name="session-cancel"),
    path("vacancies/<int:pk>/invite/", inviting.to_choose, name="invite-open"),
    path(f"{PERSON}check/", checking.check, name="check"),
    path(f"{PERSON}check/undo/", checking.undo, name="check-undo"),
    path(f"{PERSON}move/", moving.move, name="place-move"),
    path(f"{PERSON}remind/", moving.remind, name="remind"),
    path(f"{PERSON}link/", moving.link, name="invitation-link"),
    path(f"{CHOICE}scorecard/", scoring.page, name="scorecard"),
    path(f"{CHOICE}assessors/", scoring.assessors, name="assessors"),
    path(f"{CHOICE}calibration/", calibrating.page, name="calibration"),
    path(f"{CHOICE}tasks/<slug:code>/", calibrating.task, name="task-result"),
    path(f"{CHOICE}five-years/", calibrating.five_years, name="five-years"),
    path(f"{CHOICE}marks/", panel.panel, name="candidate-marks"),
]
