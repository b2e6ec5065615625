"""What is looked up within one reading."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from kamerton.platform.reading import looked_up, reading
from kamerton.web.reading import ReadOnce


class Source:
    """Counts how often it is asked."""

    asked = 0

    def look(self) -> int:
        self.asked += 1
        return self.asked


@pytest.fixture
def source() -> Source:
    return Source()


def test_outside_of_a_reading_nothing_is_kept(source):
    assert [looked_up("a", source.look), looked_up("a", source.look)] == [1, 2]


def test_within_a_reading_each_name_is_looked_up_once(source):
    with reading():
        assert [looked_up("a", source.look), looked_up("a", source.look)] == [1, 1]
        assert looked_up("b", source.look) == 2
    assert looked_up("a", source.look) == 3


def test_nothing_found_is_kept_too(source):
    with reading():
        assert looked_up("a", lambda: None) is None
        assert looked_up("a", source.look) is None
    assert source.asked == 0


def test_a_reading_that_fails_ends(source):
    with pytest.raises(ValueError, match="x"), reading():
        looked_up("a", source.look)
        raise ValueError("x")
    assert looked_up("a", source.look) == 2


@pytest.mark.parametrize(("method", "seen"), [("get", "11"), ("head", "11"), ("post", "12")])
def test_only_a_request_that_cannot_write_is_a_reading(source, method, seen):
    twice = lambda _request: HttpResponse(  # noqa: E731
        f"{looked_up('a', source.look)}{looked_up('a', source.look)}"
    )
    answer = ReadOnce(twice)(getattr(RequestFactory(), method)("/"))
    assert answer.content.decode() == seen
    before = source.asked
    looked_up("a", source.look)
    assert source.asked == before + 1  # nothing is left for the next request
