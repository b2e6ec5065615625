"""The page of a buying centre, its three views, its tile; a fact edited in place."""

import datetime as dt
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from kamerton.domain.activities.models import Activity
from kamerton.domain.buying_centre.models import BuyingCentre, Line, MatrixCell, Member
from kamerton.domain.methodology.content import as_json, shipped
from kamerton.domain.methodology.models import MethodologyVersion
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory
from tests.factories.buying_centre import due, met, nine_people, opened, seated

pytestmark = pytest.mark.django_db
SAID = {"source": "client_said"}


@pytest.fixture
def ann():
    return UserFactory(full_name="Ann Bell")


@pytest.fixture
def client(ann):
    return ClientFactory(name="Region", manager=ann, manager_keys=1)


def page(client, **query):
    return reverse("buying_centre:centre", args=[client.pk], query=query)


def of(name, member, *more):
    return reverse(f"buying_centre:{name}", args=[member.centre.client_id, member.pk, *more])


def text(answer):
    return answer.content.decode()


def test_an_empty_centre_teaches_and_begins(as_user, ann, client):
    web = as_user(ann)
    assert "Nobody is on the map yet" in text(web.get(page(client)))
    assert "not drawn" in text(web.get(reverse("buying_centre:tile", args=[client.pk])))
    answer = web.post(reverse("buying_centre:open", args=[client.pk]), {"scope": "whole"})
    assert answer.status_code == 302
    assert "First person" in text(web.get(answer.url))
    assert BuyingCentre.objects.get().client == client


@pytest.mark.req("S4-40")
def test_only_a_key_client_is_expected_to_have_one(as_user, ann):
    flow = ClientFactory(manager=ann)
    tile = text(as_user(ann).get(reverse("buying_centre:tile", args=[flow.pk])))
    assert "not needed" in tile
    assert "not drawn" not in tile


@pytest.mark.req("S4-38", "S4-39", "S4-41", "S4-44")
def test_the_same_people_in_three_views(as_user, ann, client):
    made = nine_people(client)
    met(ann, made["Kravtsov Sergey"].contact)
    due(ann, made["Kravtsov Sergey"].contact)
    web = as_user(ann)
    for view in ("map", "matrix", "table"):
        shown = text(web.get(page(client, view=view)))
        assert all(name in shown for name in made), view
        assert "no one: Coach" in shown
    shown = text(web.get(page(client)))
    data = shown.partition('id="centre-map" type="application/json">')[2].partition("</script>")[0]
    drawn = json.loads(data)
    assert len(drawn["people"]) == 9
    assert drawn["missing"] == [{"role": "coach", "title": "Coach"}]
    assert [line["kind"] for line in drawn["lines"]].count("conflict") == 1
    by_name = {person["name"]: person for person in drawn["people"]}
    assert (by_name["Zakharova M."]["external"], by_name["Kim A."]["noStep"]) == (True, True)
    assert not by_name["Kravtsov S."]["noStep"]


@pytest.mark.req("S2-14")
def test_a_client_on_one_thread_is_flagged(as_user, ann, client):
    centre = opened(client)
    member = seated(centre, "Olga", influence=5)
    met(ann, member.contact)
    assert "hangs on one thread" in text(as_user(ann).get(page(client)))


def test_pages_take_a_fixed_number_of_queries(as_user, ann, django_assert_max_num_queries):
    small, big = ClientFactory(manager=ann), ClientFactory(manager=ann)
    one = seated(opened(small), "One")
    due(ann, one.contact)
    for member in nine_people(big).values():
        due(ann, member.contact)
    web = as_user(ann)
    for view, most in (("map", 32), ("matrix", 30), ("table", 26)):
        counts = []
        for each in (small, big):
            web.get(page(each, view=view))
            with django_assert_max_num_queries(most) as counted:
                web.get(page(each, view=view))
            counts.append(len(counted))
        assert counts[0] == counts[1], view


@pytest.mark.req("S4-54")
def test_a_company_without_the_tool_has_no_page(as_user, ann, client):
    method = as_json(shipped())
    method["tools"]["buying_centre"] = False
    MethodologyVersion.objects.create(number=2, valid_from=timezone.localdate(), content=method)
    assert as_user(ann).get(page(client)).status_code == 404


@pytest.mark.req("S4-39", "S4-43")
def test_somebody_new_comes_in_and_his_role_proposes_tasks(as_user, ann, client):
    centre = opened(client)
    web, address = as_user(ann), reverse("buying_centre:member-add", args=[client.pk, centre.pk])
    judged = {"roles": ["technical"], "influence": "4", "attitude": "-1", "rival": "0"}
    answer = web.post(address, judged | {"affiliation": "client", "level": "top"} | SAID)
    assert answer.status_code == 422
    assert "Choose somebody, or write a name." in text(answer)
    assert not Member.objects.exists()
    person = {"full_name": "Andrey Laptev", "organisation": "Institute"}
    outside = {"affiliation": "external", "level": "top"}
    answer = web.post(address, judged | person | outside | SAID)
    assert answer.status_code == 200
    member = Member.objects.get()
    assert (member.affiliation, member.attitude, member.contact.level) == ("external", -1, "top")
    tasks = f"member:{member.pk}:technical:0"
    assert tasks in text(answer)
    web.post(of("tasks", member), {"task": [tasks], "in": "dialog"})
    assert Activity.objects.get().origin == tasks


def test_a_known_contact_is_chosen(as_user, ann, client):
    centre = opened(client)
    contact = ContactPersonFactory(client=client, full_name="Olga")
    judged = {"roles": ["user"], "influence": "3", "attitude": "0", "rival": "0"}
    about = {"contact": contact.pk, "affiliation": "client", "level": "top"}
    address = reverse("buying_centre:member-add", args=[client.pk, centre.pk])
    answer = as_user(ann).post(address, judged | about | SAID)
    assert answer.status_code == 200
    assert Member.objects.get().contact == contact


def test_a_fact_is_edited_where_it_stands(as_user, ann, client):
    member = seated(opened(client), "Olga", attitude=0)
    web, address = as_user(ann), of("member-edit", member, "attitude")
    assert 'name="revision" value="1"' in text(web.get(f"{address}?in=table"))
    sent = {"attitude": "1", "revision": "1", "source": "observed"}
    answer = web.post(f"{address}?in=table", sent)
    assert answer.status_code == 200
    assert "for us" in text(answer)
    member.refresh_from_db()
    assert (member.attitude, member.is_confirmed("attitude")) == (1, True)


def test_the_second_editor_is_told_and_loses_nothing(as_user, ann, client):
    member = seated(opened(client), "Olga")
    web, address = as_user(ann), of("member-edit", member, "wins")
    first = {"wins": "Recognition", "revision": "1", "source": "observed"}
    web.post(address, first)
    answer = web.post(address, first | {"wins": "No night calls"})
    assert answer.status_code == 422
    told = text(answer)
    assert "Somebody changed “Olga” while you were writing." in told
    assert "No night calls" in told
    assert "Recognition" in told
    assert answer["HX-Retarget"] == "this"
    member.refresh_from_db()
    assert member.wins == "Recognition"
    assert 'name="revision" value="2"' in told  # now he has seen it and may save
    assert web.post(address, first | {"wins": "No night calls", "revision": "2"}).status_code == 200


def test_a_loop_of_reports_is_refused_in_the_form(as_user, ann, client):
    centre = opened(client)
    top = seated(centre, "Top")
    low = seated(centre, "Low", reports_to=top)
    sent = {"reports_to": low.pk, "revision": "1"}
    answer = as_user(ann).post(of("member-edit", top, "reports_to"), sent)
    assert answer.status_code == 422
    assert "Low answers to Top already" in text(answer)
    top.refresh_from_db()
    assert top.reports_to is None


@pytest.mark.req("S4-44")
def test_the_next_step_is_planned_from_the_panel(as_user, ann, client):
    member = seated(opened(client), "Olga", influence=5)
    web = as_user(ann)
    assert "No next step with a date" in text(web.get(of("member", member)))
    day = timezone.localdate() + dt.timedelta(days=3)
    sent = {"title": "Show the protocols", "due_on": day.isoformat(), "kind": "meeting"}
    shown = text(web.post(of("step", member), sent))
    assert "Show the protocols" in shown
    assert "No next step with a date" not in shown
    answer = web.post(of("step", member), sent | {"due_on": "2020-01-01", "title": "Late"})
    assert answer.status_code == 422
    assert 'value="Late"' in text(answer)
    assert Activity.objects.count() == 1


def test_an_assumption_becomes_a_task_once(as_user, ann, client):
    centre = opened(client)
    member = seated(centre, "Olga")
    web = as_user(ann)
    assert web.post(of("check", member, "wins")).status_code == 200
    assert Activity.objects.get().title == "Check of Olga: personal win"
    assert web.post(of("check", member, "wins")).status_code == 409
    assert web.post(of("check", member, "influence")).status_code == 422
    assert Activity.objects.count() == 1


def test_who_left_and_returns_and_moves(as_user, ann, client):
    member = seated(opened(client), "Olga")
    there = ClientFactory(name="Vodokanal", manager=ann)
    web = as_user(ann)
    assert "left" in text(web.post(of("left", member)))
    assert "Is back" not in text(web.post(of("returned", member)))
    answer = web.post(of("move", member), {"to": there.pk, "position": "Director"})
    assert answer.status_code == 204
    member.refresh_from_db()
    assert member.has_left
    assert (member.contact.client, member.contact.position) == (there, "Director")


@pytest.mark.req("S4-28")
def test_a_cell_of_the_matrix_is_written_in_place(as_user, ann, client):
    member = seated(opened(client), "Olga", influence=5)
    web, address = as_user(ann), of("cell", member, ann.pk)
    sent = {"goal": "Zero remarks", "plan": "Call weekly", "frequency_days": "7", "revision": "0"}
    answer = web.post(address, sent)
    assert answer.status_code == 200
    assert "Zero remarks" in text(answer)
    answer = web.post(address, sent | {"goal": "Mine"})
    assert answer.status_code == 422
    assert "Mine" in text(answer)
    assert "Zero remarks" in text(answer)
    MatrixCell.objects.update(created_at=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    assert "days late" in text(web.get(page(client, view="matrix")))
    web.post(of("cell-erase", member, ann.pk))
    assert not MatrixCell.objects.exists()


def test_a_colleague_who_never_spoke_gets_a_column(as_user, ann, client):
    seated(opened(client), "Olga")
    head = UserFactory(full_name="Hugo Head", roles=["head_of_sales"])
    ann.supervisor = head
    ann.save()
    web = as_user(head)
    lena = UserFactory(full_name="Lena Logistics", supervisor=head)
    shown = text(web.get(page(client, view="matrix", user=lena.pk)))
    assert "Write: Lena Logistics × Olga" in shown


def test_lines_are_drawn_and_erased(as_user, ann, client):
    centre = opened(client)
    one, other = seated(centre, "One"), seated(centre, "Other")
    web, address = as_user(ann), reverse("buying_centre:line-add", args=[client.pk, centre.pk])
    sent = {"kind": "conflict", "source": one.pk, "target": one.pk}
    assert web.post(address, sent).status_code == 422
    assert web.post(address, sent | {"target": other.pk, "note": "price"}).status_code == 204
    line = Line.objects.get()
    web.post(reverse("buying_centre:line-erase", args=[client.pk, line.pk]))
    assert not Line.objects.exists()


def test_how_they_buy_is_written(as_user, ann, client):
    centre = opened(client)
    address = reverse("buying_centre:buying", args=[client.pk, centre.pk])
    web = as_user(ann)
    sent = {"procedure": "Tender", "rule": "tender", "revision": "1"}
    steps = {"steps": "Comparison: 14\nCommittee"}
    assert web.post(address, sent | steps).status_code == 204
    centre.refresh_from_db()
    assert centre.steps == [{"title": "Comparison", "days": 14}, {"title": "Committee", "days": 0}]
    answer = web.post(address, sent | {"procedure": "Mine"})
    assert answer.status_code == 422
    assert "Mine" in text(answer)


def test_places_are_saved_and_nonsense_is_refused(as_user, ann, client):
    centre = opened(client)
    member = seated(centre, "Olga")
    web, address = as_user(ann), reverse("buying_centre:places", args=[client.pk, centre.pk])
    json_ = {"content_type": "application/json"}
    assert web.post(address, {str(member.pk): [10, 20]}, **json_).status_code == 204
    member.refresh_from_db()
    assert (member.x, member.y) == (10, 20)
    for wrong in ("[]", "{", '{"a": [1, 2]}', '{"1": [1]}', "null", '{"1": ["x", 2]}'):
        assert web.post(address, wrong, **json_).status_code == 422, wrong
    member.refresh_from_db()
    assert member.x == 10


@pytest.mark.parametrize(
    ("scale", "answers", "said"),
    [
        ("influence", (0, 0, 0, 0), "5: decides"),
        ("influence", (2, 2, 2, 2), "1: hardly any"),
        ("attitude", (0, 0, 0), "ally"),
        ("attitude", (3, 2, 2), "enemy"),
        ("attitude", (2, 1, 1), "neutral"),
        ("response_mode", (1,), "Trouble"),
    ],
)
def test_questions_help_to_choose(as_user, ann, client, scale, answers, said):
    opened(client)
    web, address = as_user(ann), reverse("buying_centre:help", args=[client.pk, scale])
    assert "By your answers" not in text(web.get(address))
    given = {f"help_{scale}_{n}": str(answer) for n, answer in enumerate(answers)}
    shown = text(web.get(address, given))
    assert said in shown.partition("By your answers")[2]
    assert f'id="pick-{scale}"' in shown


def test_what_somebody_does_leads_to_his_roles(as_user, ann, client):
    opened(client)
    address = reverse("buying_centre:help", args=[client.pk, "roles"])
    shown = text(as_user(ann).get(address, {"help_roles": ["decider", "economic"]}))
    assert "Decider" in shown.partition("By your answers")[2]
    assert "gatekeeper" not in shown  # not of the eight roles in force


def test_an_unknown_scale_or_fact_is_not_there(as_user, ann, client):
    member = seated(opened(client), "Olga")
    web = as_user(ann)
    assert web.get(reverse("buying_centre:help", args=[client.pk, "beauty"])).status_code == 404
    assert web.get(of("member-edit", member, "age")).status_code == 404


@pytest.mark.parametrize(
    ("target", "holds"), [("centre-stage", "centre-map"), ("centre-body", "Person")]
)
def test_a_part_of_the_page_is_drawn_anew_alone(as_user, ann, client, target, holds):
    seated(opened(client), "Olga")
    headers = {"HX-Request": "true", "HX-Target": target}
    shown = text(as_user(ann).get(page(client), headers=headers))
    assert "<html" not in shown
    assert f'id="{target}"' in shown
    assert holds in shown
