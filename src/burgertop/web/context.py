"""What every page gets: languages, the reader's switches, the version."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_bidi, get_language_info

from burgertop.web.display import switches_of

__all__ = ["LanguageLink", "house"]


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """This page in another language."""

    code: str
    name: str
    url: str
    is_current: bool


def house(request: HttpRequest) -> dict[str, Any]:
    """Describe the shell of a page to its template."""
    switches = switches_of(request)
    return {
        "page_language": get_language() or settings.LANGUAGE_CODE,
        "page_direction": "rtl" if get_language_bidi() else "ltr",
        "page_path": request.get_full_path(),
        "language_links": partial(language_links, request),
        "is_large": switches.is_large,
        "is_contrast": switches.is_contrast,
        "display_classes": switches.classes,
        "is_demo": settings.DEMO,
        "version": settings.VERSION,
    }


def language_links(request: HttpRequest) -> list[LanguageLink]:
    """Return the same page in every language of the house, with its query string."""
    current = get_language() or settings.LANGUAGE_CODE
    here = request.get_full_path()
    links = []
    for code, _name in settings.LANGUAGES:
        url = here if code == current else translate_url(here, code)
        if code != current and url == here:  # a page without a language, or none at all
            url = f"/{code}/"
        links.append(LanguageLink(code, _capital(get_language_info(code)["name_local"]), url, code == current))
    return links


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
