"""Parts of a page that are the same for everybody are written out once within a moment."""

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override

from burgertop.foundation.shelf import Shelf, opened

FOOTER = Template('{% shared "footer" town %}{{ town }} {{ count }} {% translate "Yes" %}{% endshared %}')


def written(town: str, count: int) -> str:
    return FOOTER.render(Context({"town": town, "count": count}))


def test_without_a_shelf_a_part_is_written_each_time() -> None:
    assert [written("Ghent", 1), written("Ghent", 2)] == ["Ghent 1 Yes", "Ghent 2 Yes"]


def test_on_a_shelf_a_part_is_written_once_for_what_it_depends_on() -> None:
    with opened(Shelf(clock=lambda: 0.0)):
        here = [written("Ghent", 1), written("Ghent", 2), written("Liège", 3)]
        with override("nl"):
            here.append(written("Ghent", 4))

    assert here == ["Ghent 1 Yes", "Ghent 1 Yes", "Liège 3 Yes", "Ghent 4 Ja"]


def test_a_part_has_a_name() -> None:
    with pytest.raises(TemplateSyntaxError, match="needs the name"):
        Template("{% shared %}{% endshared %}")
