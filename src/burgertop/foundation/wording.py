"""The sentence for each error code, in the reader's language."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, Self

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from burgertop.core.errors import Param

__all__ = ["HouseError", "Sayable", "register", "say"]


class Sayable(Protocol):
    """An error that has a code and values: one of the core's or of the house's."""

    code: str
    params: dict[str, Param]


class HouseError(Exception):
    """Something the house cannot do for somebody, said as a code with values."""

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: dict[str, Param] = params

    @classmethod
    def kept(cls, code: str, params: Mapping[str, Any]) -> Self:
        """Make it again from what was kept as JSON, where a tuple has become a list."""
        return cls(code, **{name: tuple(value) if isinstance(value, list) else value for name, value in params.items()})


Sentence = str | Promise | Callable[[Mapping[str, Param]], str]
_sentences: dict[str, Sentence] = {}


def register(sentences: Mapping[str, Sentence]) -> None:
    """Add the sentences of a room; a code has one sentence."""
    for code, sentence in sentences.items():
        if _sentences.get(code, sentence) is not sentence:
            raise ValueError(f"{code} has a sentence already.")
        _sentences[code] = sentence


def sentences() -> Mapping[str, Sentence]:
    """Every code that can be said."""
    return dict(_sentences)


def say(error: Sayable) -> str:
    """Return the sentence for an error: what is wrong, where, and how to mend it."""
    sentence = _sentences.get(error.code)
    values = {name: _plain(value) for name, value in error.params.items()}
    if sentence is None:
        return str(gettext_lazy("This could not be done (%(code)s).") % {"code": error.code})
    if callable(sentence) and not isinstance(sentence, Promise):
        return sentence(error.params)
    return str(sentence) % values


def _plain(value: Param) -> str | int | float:
    return ", ".join(value) if isinstance(value, tuple) else value
