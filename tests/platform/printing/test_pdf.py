"""PDF of a template and data."""

import pypdfium2
import pytest

from kamerton.platform.printing import pdf


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "page.typ"
    path.write_text(
        '#set text(font: "Inter")\n#let page = json(bytes(sys.inputs.data))\n#page.text'
    )
    return path


def text_of(content):
    document = pypdfium2.PdfDocument(content)
    try:
        return document[0].get_textpage().get_text_range()
    finally:
        document.close()


def test_russian_text_is_text_on_the_page(template):
    assert "Регион-Арматура, 6 млн ₽" in text_of(
        pdf(template, {"text": "Регион-Арматура, 6 млн ₽"})
    )


@pytest.mark.parametrize("wicked", ["#panic()", "*bold*", '"; #read("/etc/passwd")', "$x$", "\\"])
def test_markup_in_data_stays_text(template, wicked):
    assert wicked in text_of(pdf(template, {"text": wicked}))
