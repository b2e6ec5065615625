"""Who is in a buying centre, what is judged of him and from where it is known."""

import datetime as dt

import pytest
from django.utils import timezone

from kamerton.domain.accounts.models import ContactPerson
from kamerton.domain.buying_centre import actions, queries
from kamerton.domain.buying_centre.actions import Known
from kamerton.domain.buying_centre.models import BuyingCentre, Member
from kamerton.domain.methodology.content import method as content
from kamerton.domain.methodology.models import MethodologyVersion
from kamerton.flows.seat_people import move_person, seat_newcomer
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed, Stale
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory
from tests.factories.buying_centre import SAID, met, opened, seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return UserFactory(full_name="Ann Bell")


@pytest.fixture
def centre(ann):
    return opened(ClientFactory(name="Region", manager=ann))


def test_a_centre_is_opened_once_for_all_and_once_a_project(ann, centre):
    client = centre.client
    with pytest.raises(actions.CentreThere):
        actions.open_centre(ann, client)
    made = actions.open_centre(ann, client, scope="project", name=" Pump  station ")
    assert (made.name, str(centre), centre.method) == ("Pump station", "Whole client", 1)
    with pytest.raises(actions.CentreThere):
        actions.open_centre(ann, client, scope="project", name="Pump station")
    with pytest.raises(actions.DoesNotFit):
        actions.open_centre(ann, client, scope="category")
    assert client.buying_centres.count() == 2
    assert list(queries.centres(ann, client)) == [centre, made]


def test_who_does_not_hold_the_client_changes_nothing(centre):
    strangers = [UserFactory(), UserFactory(roles=["owner"]), UserFactory(roles=["assistant"])]
    contact = ContactPersonFactory(client=centre.client)
    for stranger in strangers:
        with pytest.raises(NotAllowed):
            actions.open_centre(stranger, centre.client, scope="project", name="X")
        with pytest.raises(NotAllowed):
            actions.add_member(stranger, centre, contact=contact, roles=["user"])
    assert not Member.objects.exists()
    assert BuyingCentre.objects.count() == 1


def test_how_they_buy_is_written_with_days(ann, centre):
    steps = [actions.Step(" Short  list ", 14), actions.Step("Committee", 7)]
    changed = actions.change_centre(
        ann, centre, expected=1, rule="committee", procedure="Tender twice a year", steps=steps
    )
    assert (changed.days, changed.revision, changed.steps[0]["title"]) == (21, 2, "Short list")
    with pytest.raises(Stale):
        actions.change_centre(ann, centre, expected=1, procedure="mine")
    for wrong in (
        {"rule": "dice"},
        {"steps": [actions.Step("", 1)]},
        {"steps": [actions.Step("x", -1)]},
    ):
        with pytest.raises(actions.DoesNotFit):
            actions.change_centre(ann, centre, **wrong)
    centre.refresh_from_db()
    assert (centre.procedure, centre.revision) == ("Tender twice a year", 2)


@pytest.mark.req("S4-39")
def test_somebody_from_outside_is_a_member(ann, centre):
    person = {"full_name": "Maria Zakharova", "organisation": "Vodokanalproekt"}
    made = seat_newcomer(
        ann, centre, person=person, affiliation="external", roles=["shaper"], influence=3
    )
    assert (made.affiliation, made.contact.organisation) == ("external", "Vodokanalproekt")
    assert made.contact.client == centre.client


def test_a_person_of_another_client_does_not_come_in(ann, centre):
    stranger = ContactPersonFactory(client=ClientFactory(manager=ann))
    with pytest.raises(actions.NotOfCentre):
        actions.add_member(ann, centre, contact=stranger, roles=["user"])
    member = seated(centre, "Olga")
    with pytest.raises(actions.AlreadyMember):
        actions.add_member(ann, centre, contact=member.contact, roles=["user"])
    assert centre.members.count() == 1


@pytest.mark.req("S4-41", "S4-42")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"roles": []}, "roles"),
        ({"roles": ["gatekeeper"]}, "roles"),  # not of the eight roles in force
        ({"influence": 0}, "influence"),
        ({"influence": 6}, "influence"),
        ({"attitude": -3}, "attitude"),
        ({"response_mode": "sleepy"}, "response_mode"),
        ({"rival": 4}, "rival"),
        ({"affiliation": "neighbour"}, "affiliation"),
    ],
)
def test_what_does_not_fit_is_refused(ann, centre, wrong, field):
    member = seated(centre, "Olga", roles=["user"])
    with pytest.raises(actions.DoesNotFit) as refusal:
        actions.change_member(ann, member, **wrong)
    assert list(refusal.value.fields) == [field]
    before = member.revision
    member.refresh_from_db()
    assert (member.revision, member.roles, member.influence) == (before, ["user"], 3)


@pytest.mark.req("S4-34", "S4-52")
def test_every_judgement_has_its_source_and_its_history(ann, centre):
    member = seated(centre, "Olga", influence=4, attitude=1)
    assert member.is_confirmed("attitude")
    assert not member.is_confirmed("wins")
    day = timezone.localdate() - dt.timedelta(days=4)
    changed = actions.change_member(
        ann, member, attitude=-1, wins="No untested imports", known=Known("observed", day)
    )
    assert changed.known("attitude") == {"source": "observed", "on": day.isoformat()}
    assert changed.known("influence")["source"] == "client_said"
    history = [(one.about, one.value) for one in queries.judgements(ann, changed)]
    assert history == [("attitude", -1), ("attitude", 1), ("influence", 4)]
    entry = AuditEntry.objects.get(action="buying_centre.member_changed")
    assert (entry.before["attitude"], entry.after["attitude"]) == (1, -1)


def test_the_same_said_again_with_a_ground_confirms_it(ann, centre):
    member = actions.add_member(
        ann, centre, contact=ContactPersonFactory(client=centre.client), roles=["user"], attitude=1
    )
    assert not member.is_confirmed("attitude")
    member = actions.change_member(ann, member, attitude=1, known=SAID)
    assert member.is_confirmed("attitude")
    assert member.revision == 2
    assert actions.change_member(ann, member, influence=member.influence).revision == 2


def test_nobody_knows_tomorrow(ann, centre):
    member = seated(centre, "Olga")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    with pytest.raises(actions.DoesNotFit):
        actions.change_member(ann, member, attitude=2, known=Known("observed", tomorrow))
    member.refresh_from_db()
    assert member.attitude == 0


def test_the_second_to_change_is_told_and_nothing_is_lost(ann, centre):
    member = seated(centre, "Olga")
    actions.change_member(ann, member, expected=1, attitude=2)
    with pytest.raises(Stale):
        actions.change_member(ann, member, expected=1, attitude=-2)
    member.refresh_from_db()
    assert (member.attitude, member.revision) == (2, 2)


def test_nobody_reports_to_himself_by_a_detour(ann, centre):
    top = seated(centre, "Top")
    middle = seated(centre, "Middle", reports_to=top)
    low = seated(centre, "Low", reports_to=middle)
    for above in (low, top, middle):
        with pytest.raises(actions.ReportsLoop):
            actions.change_member(ann, top, reports_to=above)
    other = seated(opened(ClientFactory(manager=ann)), "Other")
    with pytest.raises(actions.NotOfCentre):
        actions.change_member(ann, low, reports_to=other)
    top.refresh_from_db()
    assert top.reports_to is None
    assert actions.change_member(ann, low, reports_to=top).reports_to == top


def test_who_left_hands_his_people_to_his_superior_and_may_return(ann, centre):
    top = seated(centre, "Top")
    middle = seated(centre, "Middle", reports_to=top)
    low = seated(centre, "Low", reports_to=middle)
    left = actions.mark_left(ann, middle, reason="Retired")
    low.refresh_from_db()
    assert left.has_left
    assert low.reports_to == top
    with pytest.raises(actions.HasLeft):
        actions.change_member(ann, middle, attitude=1)
    with pytest.raises(actions.HasLeft):
        actions.mark_left(ann, middle)
    assert not actions.mark_returned(ann, middle).has_left


@pytest.mark.req("S4-34")
def test_who_moved_to_another_company_stays_one_person(ann, centre):
    there = opened(ClientFactory(name="Vodokanal", manager=ann))
    member = seated(centre, "Olga", influence=4, attitude=2, wins="Recognition")
    spoke = met(ann, member.contact)
    seat = move_person(ann, member, to=there.client, position="Director", into=there)
    member.refresh_from_db()
    assert member.has_left
    assert seat.contact == member.contact
    assert (seat.contact.client, seat.contact.position) == (there.client, "Director")
    assert (seat.attitude, seat.wins, seat.is_confirmed("attitude")) == (2, "Recognition", False)
    assert member.judgements.count() == 2
    assert spoke.client == centre.client  # what was done stays where it was done
    assert ContactPerson.objects.count() == 1
    assert AuditEntry.objects.filter(action="accounts.contact_moved").count() == 2


def test_nobody_is_moved_into_a_clients_hands_that_are_not_ours(ann, centre):
    member = seated(centre, "Olga")
    with pytest.raises(NotAllowed):
        move_person(ann, member, to=ClientFactory(manager=UserFactory()))
    member.refresh_from_db()
    assert not member.has_left
    assert member.contact.client == centre.client


def test_places_on_the_map_are_remembered(ann, centre):
    one, other = seated(centre, "One"), seated(centre, "Other")
    assert actions.place_members(ann, centre, places={one.pk: (10.5, -20), other.pk: None}) == 2
    one.refresh_from_db()
    assert (one.x, one.y, one.revision) == (10.5, -20, 1)
    stranger = seated(opened(ClientFactory(manager=ann)), "Stranger")
    with pytest.raises(actions.NotOfCentre):
        actions.place_members(ann, centre, places={stranger.pk: (0, 0)})
    for wrong in ((float("nan"), 0), (1e9, 0)):
        with pytest.raises(actions.DoesNotFit):
            actions.place_members(ann, centre, places={one.pk: wrong})
    one.refresh_from_db()
    assert one.x == 10.5


@pytest.mark.req("S4-42", "S4-53")
def test_a_centre_keeps_its_roles_until_it_takes_over_the_new_ones(ann, centre):
    newer = content.shipped()
    MethodologyVersion.objects.create(
        number=2,
        valid_from=timezone.localdate(),
        content=content_json(newer, role_set="minimum3"),
    )
    member = seated(centre, "Olga", roles=["buyer"])  # a role of the eight
    shown = queries.picture(ann, centre)
    assert shown.is_outdated
    assert "coach" in shown.figures.missing_roles
    adopted = actions.adopt_method(ann, centre)
    shown = queries.picture(ann, adopted)
    assert (adopted.method, shown.is_outdated) == (2, False)
    assert shown.figures.missing_roles == ("decider", "user")
    member.refresh_from_db()
    changed = actions.change_member(ann, member, roles=["buyer", "user"])  # the old one is kept
    assert shown.role_title("buyer") == "Buyer"
    with pytest.raises(actions.DoesNotFit):
        actions.change_member(ann, changed, roles=["coach"])


def content_json(method, **changed):
    import dataclasses

    from kamerton.domain.methodology.content import as_json

    return as_json(dataclasses.replace(method, **changed))
