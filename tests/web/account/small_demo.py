"""A demo company of two, made by a real background task, for the first page's tests."""

from django_tasks import task

from kamerton.platform.access.actions import add_person, found_company


@task
def make_demo() -> None:
    owner = found_company(
        name="Demo",
        email="owner@demo.example",
        full_name="Olga Owner",
        password="three-tall-birches",
        is_demo=True,
    )
    add_person(owner, email="fin@demo.example", full_name="Fred Finance", roles=["finance"])
