"""Addresses: activities."""

from django.urls import path

from kamerton.web.activities import actions, client, doing, learning, meeting, planning

app_name = "activities"
urlpatterns = [
    path("activities/", actions.page, name="actions"),
    path("activities/new/", planning.create, name="create"),
    path("activities/log/", planning.log, name="log"),
    path("activities/reschedule/", actions.reschedule, name="reschedule"),
    path("activities/reschedule/<int:pk>/undo/", actions.undo_reschedule, name="undo-reschedule"),
    path("activities/<int:pk>/", doing.page, name="activity"),
    path("activities/<int:pk>/row/", actions.row, name="row"),
    path("activities/<int:pk>/menu/", actions.menu, name="menu"),
    path("activities/<int:pk>/done/", doing.done, name="done"),
    path("activities/<int:pk>/reopen/", doing.reopen, name="reopen"),
    path("activities/<int:pk>/cancel/", doing.cancel, name="cancel"),
    path("activities/<int:pk>/resume/", doing.resume, name="resume"),
    path("activities/<int:pk>/missed/", doing.miss, name="miss"),
    path("activities/<int:pk>/change/", planning.change, name="change"),
    path("activities/<int:pk>/brief/", meeting.brief, name="brief"),
    path("activities/<int:pk>/answer/", learning.answer, name="answer"),
    path("activities/<int:pk>/make/<slug:kind>/", meeting.capture, name="capture"),
    path("activities/needs/<int:pk>/close/", client.close_need, name="close-need"),
    path("clients/<int:pk>/activities/", client.page, name="client"),
    path("clients/<int:pk>/activities/panel/", client.panel, name="panel"),
    path("clients/<int:pk>/needs/add/", client.add_need, name="add-need"),
]
