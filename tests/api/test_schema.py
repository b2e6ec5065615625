"""The description of the API: it is what it was, and it is true."""

import importlib
import json
import os
import pkgutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from ninja import Schema
from schemathesis.specs.openapi.checks import positive_data_acceptance

import kamerton.api
from kamerton.api.fields import Money
from kamerton.api.main import api
from kamerton.domain.accounts.models import ClientGroup
from kamerton.wsgi import application
from tests.factories import ClientFactory, ContactPersonFactory, UserFactory

SNAPSHOT = Path(__file__).with_name("openapi.json")
EXAMPLES = int(os.environ.get("KAMERTON_API_EXAMPLES", "8"))
described = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"))
described.app = application


def drawn() -> str:
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(schema, indent=1, ensure_ascii=False, default=str, sort_keys=True) + "\n"


def test_the_description_is_what_was_agreed():
    """Run with KAMERTON_OPENAPI=write after a change that is meant."""
    if os.environ.get("KAMERTON_OPENAPI") == "write":
        SNAPSHOT.write_text(drawn())
    assert json.loads(SNAPSHOT.read_text()) == json.loads(drawn())


def test_no_two_bodies_have_one_name():
    """The description has one place a name: the second would overwrite the first."""
    modules = [
        importlib.import_module(f"kamerton.api.{one.name}")
        for one in pkgutil.iter_modules(kamerton.api.__path__)
    ]
    bodies = {
        one
        for module in modules
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, Schema) and one.__module__ == module.__name__
    }
    named = Counter(one.__name__ for one in bodies)
    assert [name for name, times in named.items() if times > 1] == []


def test_every_operation_names_its_refusals():
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            answers = operation["responses"]
            assert 401 in answers, (method, path)
            for status, answer in answers.items():
                if status >= 400:
                    assert list(answer["content"]) == ["application/problem+json"]


def test_money_is_a_string_of_kopecks():
    from pydantic import TypeAdapter, ValidationError

    adapter: TypeAdapter[Any] = TypeAdapter(Money)
    assert adapter.dump_json(adapter.validate_python("1234.5")) == b'"1234.50"'
    assert adapter.json_schema() == {"type": "string", "pattern": r"^-?\d{1,15}(\.\d{1,2})?$"}
    for wrong in ("", "1.234", "NaN", "Infinity", "x"):
        with pytest.raises(ValidationError):
            adapter.validate_python(wrong)


@pytest.fixture
def caller(company: Any, as_user: Any) -> str:
    """A head of sales with clients, people, a group and a pair of duplicates."""
    head = UserFactory(roles=["head_of_sales"])
    ann = UserFactory(supervisor=head)
    for name in ("Acme", "Acme Ltd", "Bolt"):
        ContactPersonFactory(client=ClientFactory(name=name, manager=ann))
    ClientGroup.objects.create(name="Holding")
    return str(as_user(head).defaults["HTTP_AUTHORIZATION"])


@pytest.mark.django_db
@described.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_description_is_true(case: schemathesis.Case, caller: str) -> None:
    """A rule of the business may refuse (422) what the description allows."""
    case.call_and_validate(
        headers={"Authorization": caller}, excluded_checks=[positive_data_acceptance]
    )
