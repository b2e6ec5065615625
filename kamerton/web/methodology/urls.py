"""Addresses: the method."""

from django.urls import path

from kamerton.web.methodology import dossier, hiring, roles, views

app_name = "methodology"
urlpatterns = [
    path("", views.home, name="home"),
    path("versions/", views.versions, name="versions"),
    path("versions/<int:number>/", views.version, name="version"),
    path("questions/", dossier.groups, name="groups"),
    path("questions/<slug:group>/", dossier.group, name="group"),
    path("questions/<slug:group>/edit/", dossier.group_edit, name="group-edit"),
    path("questions/<slug:group>/new/", dossier.question_add, name="question-add"),
    path("questions/<slug:group>/<str:question>/", dossier.question_edit, name="question-edit"),
    path("roles/", roles.roles, name="roles"),
    path("roles/new/", roles.role_add, name="role-add"),
    path("roles/sets/new/", roles.set_add, name="set-add"),
    path("roles/sets/<slug:code>/", roles.set_edit, name="set-edit"),
    path("roles/<slug:code>/", roles.role_edit, name="role-edit"),
    path("plan-sections/", roles.plan_sections, name="plan-sections"),
    path("plan-sections/<slug:code>/", roles.plan_section_edit, name="plan-section-edit"),
    path("hiring-content/<slug:part>/", hiring.page, name="hiring"),
    path("competencies/new/", hiring.competency_add, name="competency-add"),
    path("competencies/<str:code>/", hiring.competency_edit, name="competency-edit"),
    path("form-questions/new/", hiring.question_add, name="form-question-add"),
    path("form-questions/<str:code>/", hiring.question_edit, name="form-question-edit"),
    path("letter-blocks/<slug:code>/", hiring.letter_edit, name="letter-edit"),
    path("probation-targets/", hiring.probation_edit, name="probation-edit"),
    path("<slug:section>/", views.section, name="section"),
]
