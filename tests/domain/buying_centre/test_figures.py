"""The figures of a centre come from records; 3.13's example; constant numbers of queries."""

import pytest

from kamerton.domain.buying_centre import queries
from kamerton.domain.methodology import queries as methodology
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory
from tests.factories.buying_centre import due, example, met, nine_people, opened, seated

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return UserFactory(full_name="Ann Bell")


@pytest.mark.req("S4-28", "S4-38", "S4-44", "S4-52")
def test_the_example_of_the_analysis(ann):
    client = ClientFactory(manager=ann)
    made = example(client)
    found = queries.figures_of([client.pk])[client.pk]
    assert found.coverage == pytest.approx(0.5333, abs=5e-5)
    assert found.support == pytest.approx(0.30)
    assert found.role_completeness == pytest.approx(4 / 6)
    assert found.comm_index == pytest.approx(60.0)
    assert found.missing_roles == ("buyer", "coach")
    assert found.without_next_step == (str(made["D"]),)
    assert found.uncovered == (str(made["D"]),)
    assert (found.members, found.influential, found.in_touch) == (4, 3, 3)
    assert (found.colour, found.threads.employees) == ("amber", 1)


@pytest.mark.req("S2-14")
def test_a_client_with_one_contact_hangs_on_a_thread(ann):
    client = ClientFactory(manager=ann)
    centre = opened(client)
    one = seated(centre, "One", influence=5, level="owner")
    met(ann, one.contact, days_ago=3)
    assert queries.figures_of([client.pk])[client.pk].single_threaded
    other = seated(centre, "Other", influence=4, level="user")
    bob = UserFactory()
    for person, user in ((one, ann), (other, bob), (other, bob)):
        met(user, person.contact, days_ago=2)
    found = queries.figures_of([client.pk])[client.pk]
    assert not found.single_threaded
    assert found.threads.shape == "pairs"
    assert found.levels == {"owner", "user"}


def test_a_contact_of_ours_is_not_lent_to_a_colleague(ann):
    """Only who took part has the pair, so that a team is not covered by its manager's calls."""
    centre = opened(ClientFactory(manager=ann))
    member = seated(centre, "One", influence=5)
    bob = UserFactory()
    met(ann, member.contact, colleagues=[bob], days_ago=3)
    met(ann, member.contact, days_ago=4)
    seat = queries.picture(ann, centre).seats[0]
    assert {pair.user: (pair.contacts, pair.level) for pair in seat.pairs} == {
        ann.pk: (2, 2),
        bob.pk: (1, 1),
    }


@pytest.mark.req("S4-44")
def test_an_influential_member_without_a_dated_step_is_red(ann):
    centre = opened(ClientFactory(manager=ann))
    strong, weak = seated(centre, "Strong", influence=3), seated(centre, "Weak", influence=2)
    met(ann, strong.contact)
    red = {seat.member: seat.lacks_step for seat in queries.picture(ann, centre).seats}
    assert red == {strong: True, weak: False}
    due(ann, strong.contact)
    assert not any(seat.is_red for seat in queries.picture(ann, centre).seats)


def test_how_far_we_came_is_seen_from_what_took_place(ann):
    centre = opened(ClientFactory(manager=ann))
    stages = {"identified": (0, 0), "contacted": (1, 0), "engaged": (2, 1), "ally": (2, 2)}
    stages["opponent"] = (1, -1)
    for stage, (contacts, attitude) in stages.items():
        member = seated(centre, stage, attitude=attitude)
        for days in range(contacts):
            met(ann, member.contact, days_ago=days + 1)
    found = {str(seat.member): seat.stage for seat in queries.picture(ann, centre).seats}
    assert found == {stage: stage for stage in stages}


def test_no_members_is_no_data(ann):
    client = ClientFactory(manager=ann)
    assert queries.figures_of([client.pk]) == {}
    opened(client)
    found = queries.figures_of([client.pk])[client.pk]
    assert (found.coverage, found.support, found.comm_index, found.members) == (None, None, None, 0)


def test_of_several_centres_that_of_all_purchases_counts(ann):
    client = ClientFactory(manager=ann)
    seated(opened(client, scope="project", name="Pumps"), "One")
    assert queries.figures_of([client.pk])[client.pk].members == 1
    opened(client)
    assert queries.figures_of([client.pk])[client.pk].members == 0


def test_the_numbers_of_queries_do_not_grow(ann, django_assert_num_queries):
    clients = [ClientFactory(manager=ann) for _ in range(4)]
    for client in clients:
        due(ann, nine_people(client)["Kim Anton"].contact)
    methodology.current()
    for many in (1, 4):
        with django_assert_num_queries(8):
            assert len(queries.figures_of([client.pk for client in clients[:many]])) == many
    small = opened(ClientFactory(manager=ann))
    due(ann, seated(small, "One").contact)
    big = queries.centre(ann, clients[0])
    counts = []
    for centre in (small, big):
        with django_assert_num_queries(10) as counted:
            queries.picture(ann, centre)
        counts.append(len(counted))
    assert counts[0] == counts[1]


@pytest.mark.req("S1-13")
def test_a_brief_names_the_people_and_who_is_missing(ann):
    client = ClientFactory(manager=ann)
    assert queries.snapshot_for_brief(ann, client) == []
    nine_people(client)
    section = queries.snapshot_for_brief(ann, client)[0]
    assert len(section.rows) == 10
    labels = {row.label: row for row in section.rows}
    assert labels["Coach"].state == "bad"
    assert "influence 5 of 5" in labels["Kravtsov Sergey"].value
    assert queries.snapshot_for_brief(UserFactory(), client) == []


def test_who_is_not_in_the_centre_yet_may_be_chosen(ann):
    centre = opened(ClientFactory(manager=ann))
    seated(centre, "In")
    outside = ContactPersonFactory(client=centre.client)
    ContactPersonFactory()
    assert list(queries.candidates(ann, centre)) == [outside]
