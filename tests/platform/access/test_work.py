import datetime as dt
from decimal import Decimal

import pytest

from kamerton.platform.access import queries
from kamerton.platform.access.actions import (
    BadShare,
    BadStatus,
    BadWork,
    CodeTaken,
    change_leader_share,
    change_ledger_codes,
    change_status,
    change_work,
    set_functions,
)
from kamerton.platform.access.models import User
from kamerton.platform.access.rules import NobodyResponsible, require_function_for_phase
from kamerton.platform.audit.models import AuditEntry
from kamerton.platform.errors import NotAllowed
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(company):
    return UserFactory(roles=["owner"])


def fresh(user):
    return User.objects.get(pk=user.pk)


@pytest.mark.req("S3-33")
@pytest.mark.parametrize("share", ["0", "0.4", "0.55", "0.8"])
def test_a_leader_leads_two_fifths_to_four_fifths_of_his_time(owner, share):
    user = UserFactory()
    assert change_leader_share(owner, user, share=Decimal(share)).leader_share == Decimal(share)
    assert AuditEntry.objects.get().action == "access.leader_share_changed"


@pytest.mark.req("S3-33")
@pytest.mark.parametrize("share", ["0.01", "0.39", "0.81", "1", "-0.4"])
def test_other_shares_are_refused(owner, share):
    user = UserFactory()
    with pytest.raises(BadShare):
        change_leader_share(owner, user, share=Decimal(share))
    assert fresh(user).leader_share == 0
    assert not AuditEntry.objects.exists()


def test_work_is_changed_within_reason(owner):
    user = UserFactory()
    hired = dt.date(2024, 3, 1)
    change_work(owner, user, selling_hours=120, year_plan=Decimal("5000000"), hired_on=hired)
    changed = fresh(user)
    assert (changed.selling_hours, changed.year_plan, changed.hired_on) == (120, 5_000_000, hired)
    for wrong in ({"selling_hours": 400, "year_plan": None}, {"selling_hours": 1, "year_plan": -1}):
        with pytest.raises(BadWork):
            change_work(owner, user, **wrong, hired_on=None)
    assert fresh(user).selling_hours == 120


def test_a_ledger_name_belongs_to_one_person(owner):
    first, second = UserFactory(full_name="First One"), UserFactory()
    change_ledger_codes(owner, first, codes=[" Иванов И.И. ", "M-7", "M-7", ""])
    assert fresh(first).ledger_codes == ["Иванов И.И.", "M-7"]
    with pytest.raises(CodeTaken) as refused:
        change_ledger_codes(owner, second, codes=["иванов и.и."])
    assert "First One" in str(refused.value)
    assert fresh(second).ledger_codes == []


def test_left_is_no_status_to_choose(owner):
    user = UserFactory()
    assert change_status(owner, user, status="notice").status == "notice"
    with pytest.raises(BadStatus):
        change_status(owner, user, status="left")
    assert fresh(user).status == "notice"
    assert fresh(user).is_active


def test_only_those_who_manage_people_change_work(owner):
    actor = UserFactory(roles=["head_of_sales"])
    user = UserFactory(supervisor=actor)
    for attempt in (
        lambda: change_leader_share(actor, user, share=Decimal("0.4")),
        lambda: change_work(actor, user, selling_hours=1, year_plan=None, hired_on=None),
        lambda: change_ledger_codes(actor, user, codes=["x"]),
        lambda: change_status(actor, user, status="notice"),
        lambda: set_functions(actor, user, kinds=["hunter"]),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert not AuditEntry.objects.exists()
    assert not user.functions.exists()


@pytest.mark.req("S0-01")
def test_a_person_carries_several_sales_functions(owner):
    user = UserFactory()
    set_functions(owner, user, kinds=["hunter", "closer"])
    set_functions(owner, user, kinds=["closer", "kam"])
    assert sorted(one.kind for one in user.functions.all()) == ["closer", "kam"]
    assert list(queries.people_with_function("closer")) == [user]
    assert not queries.people_with_function("hunter").exists()
    with pytest.raises(BadWork):
        set_functions(owner, user, kinds=["farmer"])


@pytest.mark.req("S0-01")
def test_a_deal_does_not_move_to_closing_with_nobody_to_close_it(owner):
    hunter, seller = UserFactory(), UserFactory()
    set_functions(owner, hunter, kinds=["hunter"])
    require_function_for_phase("hunter", [hunter, seller])
    with pytest.raises(NobodyResponsible) as refused:
        require_function_for_phase("closer", [hunter, seller])
    assert "closer or key account manager" in str(refused.value)
    for kind in ("closer", "kam"):
        set_functions(owner, seller, kinds=[kind])
        require_function_for_phase("closer", [hunter, seller])


@pytest.mark.req("S0-01")
def test_who_left_carries_no_function(owner):
    user = UserFactory(is_active=False)
    set_functions(owner, user, kinds=["closer"])
    with pytest.raises(NobodyResponsible):
        require_function_for_phase("closer", queries.people_with_function("closer", "kam"))


@pytest.mark.req("S3-52")
def test_holding_key_clients_needs_no_kam_title(company):
    flow = UserFactory(roles=["account_manager"])
    assert flow.may("segmentation.propose_manager_key")
    assert flow in queries.managers_of_keys(UserFactory(roles=["owner"]))
