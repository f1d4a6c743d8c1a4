"""The file of a package: what can be checked with it, and what cannot."""

from pathlib import Path

from burgertop.cli.house import BadInputError
from burgertop.cli.sortition.findings import FAILED, Finding
from burgertop.cli.sortition.folder import read_json
from burgertop.cli.sortition.saying import said, sentence_of
from burgertop.core.errors import CoreError
from burgertop.core.sortition.package import PUBLIC
from burgertop.core.sortition.package_checks import check_same_lottery, checks_of_package

__all__ = ["findings_of_package"]


def findings_of_package(path: Path, public: Path | None) -> list[Finding]:
    """A line for each check; with the public package also whether both speak of the same lottery."""
    package = read_json(path)
    published = None if public is None else read_json(public)
    if published is not None and published.get("kind") != PUBLIC:
        raise BadInputError(f"{public} is not the public package of a lottery.")
    try:
        checks = checks_of_package(package)
    except CoreError as error:
        return [Finding(FAILED, f"{path.name} can be read. {said(error)}")]
    if published is not None:
        others = (check for check in checks if check.code != "sortition.open_published")
        checks = (check_same_lottery(package, published), *others)
    return [Finding(check.state, sentence_of(check.code, check.params)) for check in checks]
