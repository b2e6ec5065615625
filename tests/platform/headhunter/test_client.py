"""The job site by its specification: tokens, refusals, pauses, pages, actions as offered."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path

import jsonschema_rs
import pytest
import yaml

from kamerton.platform.headhunter import (
    ActionImpossible,
    NotConnected,
    Resume,
    SiteForbids,
    SiteHasNone,
    SiteResponse,
    SiteSilent,
    TooManyAsked,
    headhunter,
)
from tests.platform.headhunter.stand_in import VACANCY, Site, served

SPEC, EXAMPLES = "hh_api/hh_openapi_2025-07.yaml.gz", "hh_api/hh_examples.json.gz"


@pytest.fixture
def site():
    with served(Site()) as running:
        yield running


@pytest.fixture
def pauses():
    return []


@pytest.fixture
def hunter(site, settings, pauses):
    settings.HEADHUNTER = access(site)
    return headhunter(pause=pauses.append)


def access(site, **changed):
    given = {"url": site.url, "user_agent": "Kamerton/1.0 (it@example.com)"}
    return given | {"access_token": "access-1", "refresh_token": "refresh-1"} | changed


def test_without_a_token_it_is_off(settings):
    settings.HEADHUNTER = {"url": "", "user_agent": "", "access_token": "", "refresh_token": ""}
    with pytest.raises(NotConnected, match="not connected"):
        headhunter()


@pytest.mark.req("S0-22")
def test_answers_of_all_pages_come_once_with_what_may_be_done(site, hunter):
    found = list(hunter.responses(VACANCY))
    assert [one.id for one in found] == ["1", "2", "99"]
    assert [one.state for one in found] == ["response", "response", "discard"]
    asked = [path for _method, path, _bearer in site.asked]
    assert sum("page=1" in path for path in asked) == 2  # the collection and its twin
    assert not any("/none" in path or "/dark" in path for path in asked)
    first = found[0].resume
    assert (first.full_name, first.employer, first.region) == (
        *("Достоевский1 Фёдор Михайлович", "Эпоха", "Москва"),
    )
    assert not hasattr(first, "age") and not hasattr(first, "gender")


def test_the_whole_resume_holds_the_contacts(hunter):
    one = next(hunter.responses(VACANCY))
    whole = hunter.resume(one)
    assert (whole.phone, whole.email) == ("+7 (916) 0000001", "fm1@example.com")
    assert whole.pay_wanted == 150_000


def test_an_expired_token_is_renewed_once_and_the_new_pair_is_kept(site, hunter, settings):
    site.access = "access-elsewhere"  # ours is over
    assert len(list(hunter.responses(VACANCY))) == 3
    assert site.renewals == 1
    kept = json.loads((settings.DATA / "hh-token.json").read_text())
    assert (kept["access"], kept["refresh"]) == ("access-2", "refresh-2")
    assert (settings.DATA / "hh-token.json").stat().st_mode & 0o077 == 0
    assert len(list(headhunter().responses(VACANCY))) == 3
    assert site.renewals == 1
    settings.HEADHUNTER = access(site, access_token="access-9")  # given anew: that one counts
    assert headhunter().tokens.pair().access == "access-9"


def test_a_pair_known_to_be_over_is_renewed_before_the_question(site, hunter):
    pair = hunter.tokens.pair()
    hunter.tokens.keep(type(pair)("access-old", "refresh-1", 1.0))
    next(hunter.responses(VACANCY))
    assert site.asked[0][1] == "/token"


def test_a_used_refresh_token_asks_for_a_new_access(site, hunter):
    site.access, site.refresh = "access-elsewhere", "refresh-elsewhere"
    with pytest.raises(SiteForbids, match="Give the installation a new one"):
        list(hunter.responses(VACANCY))
    assert len([path for _m, path, _b in site.asked if path == "/token"]) == 1


def test_forbidden_is_told_with_its_reason_and_not_repeated(site, settings):
    settings.HEADHUNTER = access(site, access_token="stolen")
    with pytest.raises(SiteForbids, match="user_auth"):
        list(headhunter().responses(VACANCY))
    assert len(site.asked) == 1


def test_an_unknown_vacancy_is_told(hunter):
    with pytest.raises(SiteHasNone):
        list(hunter.responses("1"))


@pytest.mark.parametrize("how", ["seconds", "moment"])
def test_too_many_questions_wait_as_long_as_the_site_says(site, hunter, pauses, how):
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=30))
    site.slow = ["7" if how == "seconds" else later]
    assert len(list(hunter.responses(VACANCY))) == 3
    assert pauses == [7.0] if how == "seconds" else 25 < pauses[0] <= 30


@pytest.mark.parametrize("said", ["3600", "soon", ""])
def test_a_pause_too_long_or_not_told_ends_the_work(site, hunter, pauses, said):
    site.slow = [said]
    with pytest.raises(TooManyAsked) as refused:
        list(hunter.responses(VACANCY))
    assert refused.value.seconds == (3600.0 if said == "3600" else None)
    assert pauses == []


def test_trouble_of_the_site_is_waited_out_and_given_up(site, hunter, pauses):
    site.broken = [503, 500]
    assert len(list(hunter.responses(VACANCY))) == 3
    assert pauses == [1.0, 2.0]
    site.broken = [503] * 9
    with pytest.raises(SiteSilent):
        list(hunter.responses(VACANCY))


@pytest.mark.parametrize("odd", [[], "x", {"collections": [{"url": "http://127.0.0.2/x"}]}])
def test_an_odd_answer_is_refused_and_the_token_goes_nowhere_else(site, hunter, odd):
    if isinstance(odd, dict):
        odd["collections"][0]["counters"] = {"total": 1}
    site.payload = odd
    with pytest.raises(SiteSilent):
        list(hunter.responses(VACANCY))


def test_nobody_there_is_told(settings):
    settings.HEADHUNTER = access(Site(url="http://127.0.0.1:9"))
    with pytest.raises(SiteSilent, match="does not answer"):
        list(headhunter().responses(VACANCY))


@pytest.mark.req("S0-22")
def test_an_action_goes_by_the_method_and_address_that_the_answer_names(site, hunter):
    one = next(hunter.responses(VACANCY))
    offered = {action.id: action for action in one.actions}
    hunter.perform(offered["phone_interview"], message="Здравствуйте", send_sms="true")
    form = {"message": "Здравствуйте", "send_sms": "true"}
    assert site.done == [("PUT", "/moved/elsewhere/1", form)]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("strange", {"message": "x"}),  # not enabled
        ("phone_interview", {}),  # the message is required
        ("phone_interview", {"send_sms": "true"}),  # comes with a message only
        ("phone_interview", {"message": "x", "address_id": "1"}),  # not offered
    ],
)
def test_what_is_not_offered_is_not_asked_for(site, hunter, name, arguments):
    offered = {action.id: action for action in next(hunter.responses(VACANCY)).actions}
    before = len(site.asked)
    with pytest.raises(ActionImpossible):
        hunter.perform(offered[name], **arguments)
    assert len(site.asked) == before


@cache
def specification(path: Path) -> dict:
    """The site's own description; dates stay text."""

    class Loader(yaml.CSafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        sign: [(tag, how) for tag, how in rules if not tag.endswith("timestamp")]
        for sign, rules in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(gzip.decompress(path.read_bytes()), Loader=Loader)


def plain(schema):
    """OpenAPI 3.0 as JSON Schema: null where it is allowed."""
    if isinstance(schema, list):
        return [plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {name: plain(one) for name, one in schema.items() if name != "nullable"}
    return {"anyOf": [made, {"type": "null"}]} if schema.get("nullable") is True else made


CHECKED = [
    ("/negotiations", 200, "NegotiationsNegotiationsCollections"),
    ("/token", 200, "AuthUserToken"),
    ("/negotiations", 403, "ErrorsCommonBadAuthorizationErrors"),
    ("/resumes/r2", 429, "ErrorsResumeTooManyRequestsEmployerErrors"),
    ("/negotiations", 404, "ErrorsCommonNotFoundErrors"),
]


def test_the_stand_in_answers_as_the_specification_says(shared, site, hunter):
    site.access, site.view_limit = "access-elsewhere", 1
    first, second, _last = hunter.responses(VACANCY)
    hunter.resume(first)
    with pytest.raises(TooManyAsked):
        hunter.resume(second)
    with pytest.raises(SiteHasNone):
        list(hunter.responses("1"))
    components = plain(specification(shared / SPEC)["components"]["schemas"])
    for where, status, schema in CHECKED:
        body = next(told for path, code, told in site.answers if (path, code) == (where, status))
        root = {"components": {"schemas": components}, "$ref": f"#/components/schemas/{schema}"}
        jsonschema_rs.validate(root, body)
        with pytest.raises(jsonschema_rs.ValidationError):
            jsonschema_rs.validate(root, {"nothing": "of it"})


def test_examples_of_the_specification_are_read(shared):
    examples = json.loads(gzip.decompress((shared / EXAMPLES).read_bytes()))
    one = next(SiteResponse.all_of(examples["NegotiationsCollectionNegotiations"]))
    offered = [action.id for action in one.actions]
    assert (one.id, offered[0], len(offered)) == ("1359972474", "interview", len(set(offered)))
    assert one.actions[0].needs["send_sms"] == ("message",)
    assert (one.resume.full_name, one.resume.employer) == ("Иванов Иван Иванович", "DHL Express")
    assert one.resume.pay_wanted is None  # dollars
    whole = Resume.of(examples["ResumeResumeViewEmployer"])
    assert (whole.phone, whole.email) == ("+7 (495) 552-73-67", "my-email@example.com")
