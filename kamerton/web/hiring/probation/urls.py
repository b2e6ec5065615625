"""Addresses: hiring, probation."""

from django.urls import URLPattern, path

from kamerton.web.hiring.probation import lists, one, planning

urlpatterns: list[URLPattern] = [
    path("candidates/<int:pk>/probation/", planning.new, name="probation-new"),
    path("probation/", lists.page, name="probation"),
    path("probation/<int:pk>/", one.page, name="probation-plan"),
    path(
        "probation/<int:pk>/accounts/<int:client>/add/",
        planning.add_account,
        name="probation-account-add",
    ),
    path(
        "probation/<int:pk>/accounts/<int:account>/remove/",
        planning.remove_account,
        name="probation-account-remove",
    ),
    path("probation/<int:pk>/take-on/", planning.come, name="take-on"),
    path("probation/<int:pk>/link/", planning.link, name="probation-link"),
    path("probation/<int:pk>/checkpoint/", one.checkpoint, name="probation-checkpoint"),
    path("probation/<int:pk>/steps/<int:step>/", one.step, name="probation-step"),
    path("probation/<int:pk>/proof/<slug:code>/", one.proof, name="probation-proof"),
    path("probation/<int:pk>/verdict/<slug:verdict>/", one.verdict, name="probation-verdict"),
    path("probation/<int:pk>/surplus/", one.surplus, name="probation-surplus"),
    path("probation/<int:pk>/evidence.pdf", one.evidence, name="probation-evidence"),
]
