"""Addresses: who is key."""

from django.urls import path

from kamerton.web.segmentation import (
    assessing,
    company,
    evidence,
    lists,
    mine,
    pareto,
    portfolio,
    white_space,
)

app_name = "segmentation"
urlpatterns = [
    path("pareto/", pareto.page, name="pareto"),
    path("pareto/weights/", pareto.weights, name="weights"),
    path("pareto/export/", pareto.export, name="pareto-export"),
    path("company/", company.page, name="company-keys"),
    path("company/propose/", company.propose_all, name="company-propose"),
    path("company/<int:pk>/", company.entry, name="company-key"),
    path("company/<int:pk>/decide/", company.decide, name="company-decide"),
    path("company/<int:pk>/renew/", company.renew, name="company-renew"),
    path("company/<int:pk>/remove/", company.remove, name="company-remove"),
    path("differences/", lists.differences, name="differences"),
    path("watch/", lists.watch, name="watch"),
    path("portfolio/", portfolio.page, name="portfolio"),
    path("mine/", mine.page, name="my-keys"),
    path("mine/<int:pk>/", assessing.page, name="assess"),
    path("mine/<int:pk>/influence/", assessing.influence, name="influence"),
    path("mine/<int:pk>/propose/", assessing.propose, name="key-propose"),
    path("entries/<int:pk>/<slug:step>/", mine.move, name="key-move"),
    path("white-space/", white_space.page, name="white-space"),
    path("white-space/export/", white_space.export, name="white-space-export"),
    path("white-space/<int:pk>/", white_space.panel, name="white-space-panel"),
    path("white-space/<int:pk>/<int:category>/", white_space.cell, name="white-space-cell"),
    path(
        "white-space/<int:pk>/<int:category>/pursue/",
        white_space.pursue,
        name="white-space-pursue",
    ),
    path("white-space/<int:pk>/<int:category>/aim/", white_space.aim, name="white-space-aim"),
    path("client/<int:pk>/", evidence.panel, name="client-panel"),
    path("client/<int:pk>/evidence/", evidence.add, name="evidence-add"),
    path("client/<int:pk>/wallet/", evidence.wallet, name="wallet-add"),
    path("client/<int:pk>/register/", evidence.register, name="register"),
    path(
        "client/<int:pk>/evidence/<int:mark>/withdraw/", evidence.withdraw, name="evidence-withdraw"
    ),
]
