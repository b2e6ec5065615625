"""The dossier, the roles and the plan of the method: shipped whole, checked, versioned."""

import dataclasses

import pytest

from kamerton.domain.methodology import queries
from kamerton.domain.methodology.actions import UnsoundMethod, change_methodology
from kamerton.domain.methodology.content import as_json, from_json, shipped
from kamerton.domain.methodology.models import MethodologyVersion
from kamerton.platform.audit.models import AuditEntry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def methodologist():
    return UserFactory(roles=["methodologist"])


def group_as_json(code):
    groups = as_json(queries.current())["dossier_groups"]
    return list(groups), next(group for group in groups if group["code"] == code)


def refused(actor, **changes):
    before = list(MethodologyVersion.objects.values_list("number", "content"))
    journal = AuditEntry.objects.count()
    with pytest.raises(UnsoundMethod) as caught:
        change_methodology(actor, note="x", **changes)
    assert list(MethodologyVersion.objects.values_list("number", "content")) == before
    assert AuditEntry.objects.count() == journal
    return str(caught.value)


@pytest.mark.req("S4-35")
def test_thirteen_groups_load_with_eighty_seven_questions():
    method = queries.current()
    asked_of_all = [group for group in method.dossier_groups if not group.pack]
    assert [group.code for group in asked_of_all] == [f"g{at}" for at in range(1, 14)]
    assert [len(group.questions) for group in asked_of_all] == [
        *(8, 8, 5, 6, 7, 8, 8, 7, 6, 6, 6, 6, 6)
    ]
    assert sum(len(group.questions) for group in asked_of_all) == 87
    wallet = method.dossier_question("5.1")
    assert (wallet.kind, wallet.weight, wallet.ttl_months, wallet.required) == ("table", 3, 6, True)
    assert method.dossier_question("8.4").computed


@pytest.mark.req("S4-35")
def test_five_industries_bring_their_own_questions():
    method = queries.current()
    packs = {group.pack: len(group.questions) for group in method.dossier_groups if group.pack}
    assert packs == {"medtech": 7, "engineering": 5, "distribution": 5, "retail": 5, "b2g": 5}
    assert list(packs) == [pack.code for pack in method.dossier_packs]


@pytest.mark.req("S4-35", "S4-42")
def test_every_word_of_the_content_stands_in_both_languages():
    def words(value, path=""):
        if isinstance(value, dict) and set(value) == {"ru", "en"}:
            yield path, value
        elif isinstance(value, dict):
            for name, each in value.items():
                yield from words(each, f"{path}.{name}")
        elif isinstance(value, (list, tuple)):
            for at, each in enumerate(value):
                yield from words(each, f"{path}.{at}")

    found = list(words(as_json(shipped())))
    assert len(found) > 300
    cyrillic = [path for path, text in found if any("а" <= letter <= "я" for letter in text["en"])]
    assert cyrillic == []
    assert [path for path, text in found if not text["ru"].strip() or not text["en"].strip()] == []


@pytest.mark.req("S4-42", "S4-43")
def test_eight_roles_are_in_force_and_six_must_be_filled():
    method = queries.current()
    assert method.set_in_force().code == "sales8"
    assert [role.code for role in method.roles()] == [
        *("decider", "economic", "technical", "shaper", "user", "buyer", "coach", "blocker")
    ]
    assert len(method.set_in_force().mandatory) == 6
    assert len(next(each for each in method.role_sets if each.code == "full14").roles) == 14
    for role in method.buying_roles:
        assert role.actions
        assert str(role.line_of_work)


@pytest.mark.req("S4-42")
@pytest.mark.parametrize("count", [2, 16])
def test_a_set_of_two_or_sixteen_roles_is_refused(methodologist, count):
    method = queries.current()
    ours = {
        "code": "ours",
        "title": {"ru": "Наш", "en": "Ours"},
        "roles": [role.code for role in method.buying_roles][:count],
        "mandatory": ["initiator"],
    }
    sets = [*as_json(method)["role_sets"], ours]
    assert f"3 to 15 roles, now {count}" in refused(methodologist, role_sets=sets)


@pytest.mark.req("S4-42")
@pytest.mark.parametrize("count", [3, 15])
def test_a_set_of_three_or_fifteen_roles_is_made_and_put_in_force(methodologist, count):
    method = queries.current()
    codes = [role.code for role in method.buying_roles][:count]
    ours = {"code": "ours", "title": {"ru": "Наш", "en": "Ours"}, "roles": codes}
    sets = [*as_json(method)["role_sets"], {**ours, "mandatory": codes[:1]}]
    change_methodology(methodologist, note="x", role_sets=sets, role_set="ours")
    assert [role.code for role in queries.current().roles()] == codes


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"mandatory": ["gatekeeper"]}, "they must be in the set"),
        ({"mandatory": []}, "needs mandatory roles"),
        ({"roles": ["user", "user", "buyer"], "mandatory": ["user"]}, "names a role twice"),
        ({"roles": ["user", "friend", "buyer"], "mandatory": ["user"]}, "does not exist"),
    ],
)
def test_an_unsound_set_of_roles_is_refused(methodologist, change, sentence):
    sets = [
        each | change if each["code"] == "sales8" else each
        for each in as_json(queries.current())["role_sets"]
    ]
    assert sentence in refused(methodologist, role_sets=sets)


def test_a_set_that_does_not_exist_is_not_put_in_force(methodologist):
    queries.current()
    assert "Choose which set" in refused(methodologist, role_set="all")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"weight": 4}, "must be 1, 2 or 3"),
        ({"weight": 0}, "must be 1, 2 or 3"),
        ({"ttl_months": 0}, "1 to 120 months"),
        ({"kind": "poem"}, "unknown kind"),
        ({"kind": "choice"}, "at least two choices"),
        ({"choices": [{"ru": "да", "en": "yes"}, {"ru": "нет", "en": "no"}]}, "choices"),
        ({"title": {"ru": "", "en": "Empty"}}, "both languages"),
        ({"known_by": "friend"}, "not a known role"),
        ({"code": "1.2"}, "stands twice"),
        ({"code": "1.99"}, "switched off, not deleted"),
    ],
)
def test_an_unsound_question_is_refused(methodologist, change, sentence):
    groups, first = group_as_json("g1")
    question = first["questions"][0] | change
    changed = first | {"questions": [question, *first["questions"][1:]]}
    groups[0] = changed
    assert sentence in refused(methodologist, dossier_groups=groups)


def test_a_group_does_not_disappear(methodologist):
    groups, first = group_as_json("g1")
    second = groups[1]
    moved = second | {"questions": [*second["questions"], *first["questions"]]}
    sentence = refused(methodologist, dossier_groups=[moved, *groups[2:]])
    assert "kept even if nothing" in sentence


@pytest.mark.req("S4-53", "S4-34")
def test_a_question_of_the_company_joins_and_the_old_version_keeps_its_content(methodologist):
    groups, twelfth = group_as_json("g12")
    ours = {"code": "own.1", "title": {"ru": "Хобби", "en": "Hobby"}}
    at = groups.index(twelfth)
    groups[at] = twelfth | {"questions": [*twelfth["questions"], ours]}
    change_methodology(methodologist, note="we sell by hobby", dossier_groups=groups)
    asked = queries.current().dossier_question("own.1")
    assert (str(asked.title.en), asked.kind, asked.weight, asked.ttl_months) == (
        *("Hobby", "text", 2, 12),
    )
    with pytest.raises(StopIteration):
        queries.version(1).dossier_question("own.1")
    entry = AuditEntry.objects.get(action="methodology.changed")
    assert list(entry.after) == ["dossier_groups"]
    assert list(entry.after["dossier_groups"]) == ["g12"]
    assert set(entry.after["dossier_groups"]["g12"]["questions"]) == {"own.1", "order"}


def test_a_question_switched_off_is_not_asked_but_keeps_its_words(methodologist):
    groups, first = group_as_json("g1")
    off = first["questions"][2]
    groups[0] = first | {
        "questions": [question for question in first["questions"] if question is not off],
        "unasked": [off],
    }
    change_methodology(methodologist, note="nobody answers it", dossier_groups=groups)
    method = queries.current()
    assert "1.3" not in [question.code for question in method.dossier_groups[0].questions]
    assert method.dossier_question("1.3").title.en == "Founded when, history, milestones"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"index_weights": {"info": 36}}, "three tasks must add up to 100"),
        ({"buying": {"coverage_weight": 0.6}}, "must add up to 100 %"),
        ({"dossier": {"amber": 0.8}}, "amber before it is green"),
        ({"plan": {"amber": 1.1}}, "amber before it is green"),
        ({"buying": {"days_3": 91}}, "fresher contacts"),
        ({"buying": {"contacts_3": 1}}, "more contacts"),
        ({"buying": {"key_influence": 6}}, "between 0 and 5"),
        ({"confidence": {"document": 1.1}}, "between 0 and 1"),
        ({"plan_sections": []}, "must keep its entries"),
    ],
)
def test_unsound_thresholds_of_the_three_tasks_are_refused(methodologist, changes, sentence):
    queries.current()
    assert sentence in refused(methodologist, **changes)


def test_the_thresholds_of_the_three_tasks_are_those_of_the_method():
    method = queries.current()
    assert dataclasses.astuple(method.index_weights) == (35, 35, 30)
    assert dataclasses.astuple(method.confidence) == (1.0, 0.8, 0.8, 0.6, 0.5, 0.3)
    assert (method.dossier.green, method.dossier.amber) == (0.75, 0.5)
    assert (method.buying.days_1, method.buying.days_2, method.buying.days_3) == (365, 90, 45)
    assert (method.plan.tolerance, method.plan.submit_days) == (0.05, 30)


@pytest.mark.req("S4-53")
def test_a_method_stored_before_there_was_a_dossier_reads_as_shipped():
    content = as_json(shipped())
    for name in ("dossier_groups", "role_sets", "role_set", "buying", "plan_sections"):
        del content[name]
    assert from_json(content) == shipped()
