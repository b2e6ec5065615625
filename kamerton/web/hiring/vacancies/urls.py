"""Addresses: hiring, vacancies."""

from django.urls import URLPattern, path

from kamerton.web.hiring.vacancies import (
    editing,
    letter,
    lists,
    market,
    moving,
    one,
    profile,
    reports,
    sources,
)

ALL = "vacancies/"
ONE = f"{ALL}<int:pk>/"
LISTS = f"{ALL}sources/"
PROFILE = f"{ONE}profile/"
urlpatterns: list[URLPattern] = [
    path(ALL, lists.page, name="vacancies"),
    path(f"{ALL}table/", lists.table, name="vacancies-table"),
    path(f"{ALL}new/", one.new, name="vacancy-new"),
    path(LISTS, sources.page, name="sources"),
    path(f"{LISTS}table/", sources.table, name="sources-table"),
    path(f"{LISTS}donors/back/", sources.donor_restore, name="donor-restore"),
    path(f"{LISTS}donors/<int:pk>/remove/", sources.donor_remove, name="donor-remove"),
    path(f"{LISTS}stop/<int:pk>/remove/", sources.stop_remove, name="stop-remove"),
    path(f"{LISTS}<slug:kind>/add/", sources.add, name="source-add"),
    path(f"{ALL}reports/", reports.page, name="reports"),
    path(f"{ALL}reports/<slug:what>/table/", reports.table, name="reports-table"),
    path(ONE, one.page, name="vacancy"),
    path(f"{ONE}edit/<slug:part>/", editing.part, name="vacancy-edit"),
    path(f"{ONE}hires/", editing.hires, name="vacancy-hires"),
    path(f"{ONE}budget/<slug:kind>/", editing.budget, name="vacancy-budget"),
    path(f"{ONE}steps/<slug:step>/", moving.step, name="vacancy-move"),
    path(f"{ONE}stage/", moving.stage, name="vacancy-stage"),
    path(f"{ONE}funnel/table/", one.funnel_table, name="vacancy-funnel-table"),
    path(f"{ONE}funnel/<slug:code>/", one.by_day, name="vacancy-funnel-days"),
    path(PROFILE, profile.page, name="vacancy-profile"),
    path(f"{PROFILE}asked/add/", profile.requirement, name="requirement-add"),
    path(f"{PROFILE}asked/back/", profile.requirement_restore, name="requirement-restore"),
    path(f"{PROFILE}asked/<int:one>/", profile.requirement, name="requirement"),
    path(
        f"{PROFILE}asked/<int:one>/remove/",
        profile.requirement_remove,
        name="requirement-remove",
    ),
    path(f"{PROFILE}questions/add/", profile.question, name="question-add"),
    path(f"{PROFILE}questions/back/", profile.question_restore, name="question-restore"),
    path(f"{PROFILE}questions/<int:one>/remove/", profile.question_remove, name="question-remove"),
    path(f"{ONE}letter/", letter.page, name="vacancy-letter"),
    path(f"{ONE}letter/<slug:code>/", letter.block, name="letter-block"),
    path(f"{ONE}market/", market.page, name="market"),
]
