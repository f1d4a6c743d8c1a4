"""Builds the package; the only step of its own is to compile the catalogs, so that a wheel speaks four languages."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py

LOCALE = Path(__file__).parent / "src" / "burgertop" / "web" / "locale"


class BuildWithCatalogs(build_py):
    """Compiles every ``.po`` beside itself before the files are collected."""

    def run(self) -> None:
        """Compile, then build as usual."""
        for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
            with source.open("rb") as read, source.with_suffix(".mo").open("wb") as write:
                write_mo(write, read_po(read, locale=source.parts[-3]))
        super().run()


setup(cmdclass={"build_py": BuildWithCatalogs})
