"""The version and the licence are the same wherever they are named."""

import re
import tomllib
from pathlib import Path

from tests.docs.pages import ROOT

import burgertop

VERSION = burgertop.__version__


def _read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _values(name: str) -> dict[str, str]:
    """The top level of a simple YAML file: ``key: value`` lines; no tabs, no doubled key."""
    text = _read(name)
    pairs = re.findall(r"^([A-Za-z][\w-]*):[ \t]*(.*)$", text, flags=re.MULTILINE)
    keys = [key for key, _ in pairs]

    assert "\t" not in text
    assert len(keys) == len(set(keys))
    return {key: value.strip().strip("\"'") for key, value in pairs}


def test_the_package_has_the_version_of_the_project() -> None:
    project = tomllib.loads(_read("pyproject.toml"))["project"]

    assert (project["version"], project["license"]) == (VERSION, "Apache-2.0")


def test_the_change_log_tells_of_this_version() -> None:
    headings = re.findall(r"^## \[?(v?[\w.]+)\]?(?: - (\S+))?$", _read("CHANGELOG.md"), flags=re.MULTILINE)
    short = "v" + re.sub(r"\.0$", "", VERSION)
    dated = [version for version, day in headings if re.fullmatch(r"\d{4}-\d\d-\d\d", day)]

    assert dated[0] in {VERSION, f"v{VERSION}", short}


def test_the_citation_names_version_and_licence() -> None:
    values = _values("CITATION.cff")

    assert {key: values[key] for key in ("cff-version", "version", "license")} == {
        "cff-version": "1.2.0",
        "version": VERSION,
        "license": "Apache-2.0",
    }
    assert {"message", "title", "authors", "type", "date-released"} <= set(values)


def test_publiccode_names_version_licence_and_languages() -> None:
    values = _values("publiccode.yml")
    text = _read("publiccode.yml")
    listed = re.findall(r"^ {4}- (\w\w)$", text.partition("availableLanguages:")[2], flags=re.MULTILINE)

    assert (values["softwareVersion"], re.findall(r"^ {2}license: (.+)$", text, flags=re.MULTILINE)) == (
        VERSION,
        ["Apache-2.0"],
    )
    assert listed == ["nl", "fr", "de", "en"]
    assert {"publiccodeYmlVersion", "name", "platforms", "developmentStatus", "softwareType", "legal"} <= set(values)


def test_both_files_name_the_same_day() -> None:
    assert _values("CITATION.cff")["date-released"] == _values("publiccode.yml")["releaseDate"]


def test_the_licence_is_the_whole_apache_licence() -> None:
    text = _read("LICENSE")

    assert text.split("\n", 3)[1].strip() == "Apache License"
    assert "END OF TERMS AND CONDITIONS" in text
    assert Path(ROOT / "LICENSE").stat().st_size > 10_000
