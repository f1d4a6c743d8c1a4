"""The page of faults names tests that exist."""

import re

from tests.docs.pages import DOCS, ROOT

DEFINED = re.compile(r"^def (test_\w+)", re.MULTILINE)


def test_every_test_that_the_page_of_faults_names_is_there() -> None:
    named = set(re.findall(r"`(test_\w+)`", (DOCS / "run" / "faults.md").read_text("utf-8")))
    files = (ROOT / "tests").rglob("test_*.py")
    there = {name for path in files for name in DEFINED.findall(path.read_text("utf-8"))}

    assert len(named) > 8
    assert named - there == set()
