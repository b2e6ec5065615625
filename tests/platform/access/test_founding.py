import threading

import pytest
from django.db import connection, transaction

from kamerton.platform.access import queries
from kamerton.platform.access.actions import AlreadyFounded, WeakPassword, found_company
from kamerton.platform.access.models import SYSTEM_EMAIL, Company, User
from kamerton.platform.access.roles import Scope
from kamerton.platform.audit.models import AuditEntry

PASSWORD = "three-tall-birches"


def founded(**other):
    given = {"name": "Valves", "email": "Ann@Valves.example", "full_name": "Ann Orlova"}
    return found_company(**{**given, "password": PASSWORD, **other})


@pytest.mark.django_db
def test_the_first_visit_makes_the_company_its_owner_and_the_system_account():
    owner = founded()
    assert queries.company().name == "Valves"
    assert owner.email == "ann@valves.example"
    assert owner.check_password(PASSWORD)
    assert owner.scope == Scope.ALL
    assert User.objects.filter(email=SYSTEM_EMAIL, is_active=False).count() == 1
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor) == ("access.company_founded", owner)


@pytest.mark.django_db
def test_the_founder_can_do_the_first_days_alone():
    owner = founded()
    needed = ["access.manage_users", "ledger.import", "methodology.edit", "audit.view"]
    assert all(owner.may(permission) for permission in needed)
    assert owner.may("segmentation.decide_company_key")


@pytest.mark.django_db
def test_a_second_company_is_refused():
    founded()
    before = User.objects.count()
    with pytest.raises(AlreadyFounded):
        founded(name="Other", email="bob@other.example")
    assert Company.objects.get().name == "Valves"
    assert User.objects.count() == before


@pytest.mark.django_db
def test_a_weak_password_founds_nothing():
    with pytest.raises(WeakPassword):
        founded(password="12345")
    assert not Company.objects.exists()
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_founders_at_once_one_wins():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite's in-memory database of tests has one writer anyway")
    outcomes = []
    start = threading.Barrier(2)

    def found(email):
        start.wait()
        try:
            founded(email=email)
            outcomes.append("founded")
        except AlreadyFounded:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=found, args=(f"{n}@x.example",)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["founded", "refused"]
    assert Company.objects.count() == 1
    assert User.objects.people().count() == 1


@pytest.mark.django_db
def test_the_database_itself_refuses_a_second_company():
    founded()
    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        Company.objects.create(name="Other")
    assert Company.objects.count() == 1
