"""Answers of a job site: recruiters and heads; without access to the site they are told so."""

from tests.web.matrix.hiring_api import RECRUIT, open_one, sent
from tests.web.matrix.row import Row

NUMBER = sent(number="777")

ROWS = [
    Row("hiring:vacancy-responses", may=RECRUIT, own=open_one),
    Row("hiring:vacancy-responses", method="post", may=RECRUIT, own=open_one, data=NUMBER, ok=422),
]
