"""Nothing counts to 0 in words made for 1 or for many: French says 0 in the singular, and nobody says “all 0”."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template.base import Node, NodeList
from django.template.defaulttags import IfNode
from django.template.loader import get_template
from django.template.smartif import TokenBase
from django.templatetags.i18n import BlockTranslateNode
from django.utils.translation import override

from burgertop.web.paths import HERE

TEMPLATES = HERE / "templates"
# Counts that need no words for 0, with the reason: ``count | sentence | reason``.
ALLOWED = Path(__file__).resolve().parents[1] / "data" / "counts_of_none.txt"


def _asked(condition: TokenBase | None) -> list[str]:
    """What an ``if`` asks about."""
    if condition is None:
        return []
    if hasattr(condition, "text"):
        return [condition.text]
    return [*_asked(condition.first), *_asked(condition.second)]


def _counts(nodes: NodeList, asked: tuple[str, ...] = ()) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each sentence with a plural: what it counts, its words, and what was asked before it is said."""
    for node in nodes:
        if isinstance(node, BlockTranslateNode) and node.countervar:
            yield str(node.counter.token), node.render_token_list(node.singular)[0].strip(), asked
        elif isinstance(node, IfNode):
            before = asked
            for condition, part in node.conditions_nodelists:
                before = (*before, *_asked(condition))
                yield from _counts(part, before)
        else:
            yield from _below(node, asked)


def _below(node: Node, asked: tuple[str, ...]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for name in node.child_nodelists:
        yield from _counts(getattr(node, name, None) or NodeList(), asked)


def _unasked() -> set[str]:
    found = set()
    for path in TEMPLATES.rglob("*.html"):
        nodes = get_template(str(path.relative_to(TEMPLATES))).template.nodelist  # type: ignore[attr-defined]  # Django's own
        for count, words, asked in _counts(nodes):
            if count not in asked and count.removesuffix("|length") not in asked:
                found.add(f"{count} | {words}")
    return found


def test_every_count_that_may_be_0_has_words_of_its_own_for_it() -> None:
    lines = [line for line in ALLOWED.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    allowed = {line.rsplit(" | ", 1)[0]: line.rsplit(" | ", 1)[1] for line in lines}

    assert _unasked() == set(allowed)
    assert all(allowed.values())


@pytest.mark.parametrize("page", ["summit/_door_words.html"])
def test_words_that_a_script_counts_with_stand_there_for_0_1_and_many(page: str) -> None:
    with override("fr"):
        html = get_template(page).render({})
    names = {part.split('"', 1)[0] for part in html.split('data-word="')[1:]}

    counted = {name.split(".")[0] for name in names if "." in name}
    missing = {f"{name}.{form}" for name in counted for form in ("none", "one", "other")} - names

    assert counted >= {"saved", "kept", "ready", "not_ready"}
    assert missing <= {"found.none", "on_the_way.none"}  # they are said from 1 on
