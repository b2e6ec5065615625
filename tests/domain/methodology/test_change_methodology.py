import dataclasses

import pytest
from django.utils import translation

from kamerton.domain.methodology import queries
from kamerton.domain.methodology.actions import (
    NoteMissing,
    NothingChanged,
    UnsoundMethod,
    change_methodology,
)
from kamerton.domain.methodology.content import Base, as_json, from_json, merged, shipped
from kamerton.domain.methodology.models import MethodologyVersion
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed, Stale
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

LIGHTER = {"large": 20, "loyal": 25, "promising": 20, "status": 15, "partner": 10, "complex": 10}


@pytest.fixture
def methodologist():
    return UserFactory(roles=["methodologist"])


def refused(error, actor, **changes):
    before = list(MethodologyVersion.objects.values_list("number", "content"))
    journal = AuditEntry.objects.count()
    with pytest.raises(error) as caught:
        change_methodology(actor, **changes)
    assert list(MethodologyVersion.objects.values_list("number", "content")) == before
    assert AuditEntry.objects.count() == journal
    return str(caught.value)


@pytest.mark.req("S4-13")
def test_the_first_version_is_the_shipped_one_and_is_sound():
    method = queries.current()
    assert method.version == 1
    assert dataclasses.replace(method, version=0) == shipped()
    assert method.problems() == []
    assert [criterion.code for criterion in method.criteria] == [
        "large",
        "loyal",
        "promising",
        "status",
        "partner",
        "complex",
    ]


@pytest.mark.req("S4-53")
def test_a_change_makes_a_version_and_the_old_one_stays(methodologist):
    queries.current()
    made = change_methodology(methodologist, note="Loyalty matters more", company_weights=LIGHTER)
    assert made.number == 2
    assert queries.current().company_weights.loyal == 25
    assert queries.version(1).company_weights.loyal == 15
    entry = AuditEntry.objects.get(action="methodology.changed")
    assert entry.before["company_weights"]["loyal"] == 15
    assert entry.after == {"company_weights": {name: float(w) for name, w in LIGHTER.items()}}
    assert entry.reason == "Loyalty matters more"


def test_a_section_is_changed_key_by_key(methodologist):
    change_methodology(methodologist, note="x", company={"large_share": 0.12}, base="cash")
    method = queries.current()
    assert (method.company.large_share, method.company.large_a_share) == (0.12, 0.02)
    assert method.base is Base.CASH


@pytest.mark.req("S4-54")
def test_tools_are_switched_off(methodologist):
    change_methodology(methodologist, note="No dossier yet", tools={"dossier": False})
    assert not queries.current().tools.dossier
    assert queries.current().tools.plan


def test_only_those_who_keep_the_method_may_change_it():
    refused(NotAllowed, UserFactory(roles=["owner"]), note="x", base="cash")


def test_a_change_without_a_note_is_refused(methodologist):
    refused(NoteMissing, methodologist, note="  ", base="cash")


def test_an_equal_version_is_refused(methodologist):
    queries.current()
    refused(NothingChanged, methodologist, note="x", base="auto")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"company_weights": {"large": 31}}, "must add up to 100, now 101"),
        ({"influence_weights": {"volume": 19}}, "must add up to 100, now 99"),
        ({"manager_weights": {"status": 0}}, "must add up to 100, now 90"),
        ({"company": {"large_share": 1.5}}, "must be between 0 and 1"),
        ({"abc": {"crossing": "C"}}, "must be one of: A, B"),
        ({"abc": {"a_share": 0.96}}, "Class B must reach further"),
        ({"xyz": {"x_limit": 0.6}}, "Class Y must reach further"),
        ({"norm_bands": {"kam_low": 31}}, "must end after it starts"),
        ({"capacity": {"cap": 16}}, "must be between 0 and 15"),
        ({"capacity": {"load_block": 0.9}}, "must be above the load"),
        ({"capacity": {"mono_client": 0.1}}, "must be above dependence"),
        ({"capacity": {"share_limit": float("nan")}}, "must be between 0 and 1"),
        ({"company": {"complex_marks": "many"}}, "not a number"),
        ({"company": {"complex_marks": 2.5}}, "not a number"),
        ({"tools": {"dossier": "no"}}, "not a number"),
        ({"base": "luck"}, "not a number"),
        ({"colour": 3}, "no setting “colour”"),
        ({"company": {"colour": 3}}, "no setting “colour”"),
        ({"criteria": []}, "must keep its entries"),
    ],
)
def test_an_unsound_method_is_refused_with_a_sentence(methodologist, changes, sentence):
    queries.current()
    assert sentence in refused(UnsoundMethod, methodologist, note="x", **changes)


@pytest.mark.req("S4-17")
def test_partner_and_complex_cannot_be_weighed_for_a_manager(methodologist):
    queries.current()
    weights = {"large": 25, "loyal": 20, "promising": 35, "status": 10, "partner": 10}
    refused(UnsoundMethod, methodologist, note="x", manager_weights=weights)


def test_a_change_over_somebody_elses_is_refused(methodologist):
    change_methodology(methodologist, note="first", based_on=1, base="cash")
    refused(Stale, methodologist, note="second", based_on=1, base="revenue")


def test_the_method_is_read_in_one_query(django_assert_num_queries):
    queries.current()
    with django_assert_num_queries(1):
        queries.current()


def test_json_keeps_everything_and_old_json_gets_what_is_new():
    content = as_json(shipped())
    assert from_json(content) == shipped()
    del content["watch"], content["capacity"]["share_limit"]
    assert from_json(content) == shipped()
    assert merged(shipped(), {"base": "cash"}) == dataclasses.replace(shipped(), base=Base.CASH)


def test_words_are_in_both_languages():
    large = shipped().criterion("large")
    with translation.override("ru"):
        assert str(large.title) == "Крупный"
    with translation.override("en"):
        assert str(large.title) == "Large"
    for question in shipped().influence_questions:
        assert len(question.choices) == 4


def test_everybody_signed_in_reads_the_versions_with_their_authors(
    methodologist, django_assert_num_queries
):
    change_methodology(methodologist, note="x", base="cash")
    viewer = UserFactory()
    with django_assert_num_queries(1):
        seen = [(row.number, row.created_by) for row in queries.versions(viewer)]
    assert seen == [(2, methodologist), (1, None)]
