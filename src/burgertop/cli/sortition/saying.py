"""Sentences without the house: codes of core and files are said in plain English; problems name their file."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.conf import settings

from burgertop.cli.house import BadInputError, Problem
from burgertop.core.errors import CoreError, InputError, Param
from burgertop.foundation import wording
from burgertop.foundation.draws.sentences import SENTENCES as OF_DRAWS
from burgertop.foundation.files.sentences import SENTENCES as OF_FILES

__all__ = ["said", "sentence_of", "shown", "spoken"]

MOST_NAMED = 20


def said(error: wording.Sayable) -> str:
    """The sentence of a code; a terminal asks neither settings nor translations."""
    if not settings.configured:
        settings.configure(USE_I18N=False)
    wording.register(OF_DRAWS)
    wording.register(OF_FILES)
    return wording.say(error)


def sentence_of(code: str, params: Mapping[str, Param]) -> str:
    """The sentence of something that is no error: a note, a check, a breach."""
    return said(wording.HouseError(code, **params))


@contextmanager
def spoken(where: str = "") -> Iterator[None]:
    """Turn what core and files refuse into a problem in words, with the name of the file before it."""
    before = f"{where}: " if where else ""
    try:
        yield
    except (InputError, wording.HouseError) as error:
        raise BadInputError(f"{before}{said(error)}") from error
    except CoreError as error:
        raise Problem(f"{before}{said(error)}") from error


def shown(ids: tuple[str, ...] | list[str]) -> str:
    """Some ids, and how many there are beyond them."""
    more = len(ids) - MOST_NAMED
    return ", ".join(ids[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
