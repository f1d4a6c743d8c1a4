"""Light marks in texts of people and organisers, made into safe HTML."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

__all__ = ["to_html"]

TAGS = {"a", "blockquote", "br", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "strong", "ul"}
LOWEST_HEADING = 6
HEADINGS_DOWN = 2  # a text's own first heading stands below the page's h1 and h2

parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable(["image", "code", "fence", "html_block"])


def to_html(text: str) -> SafeString:
    """Turn paragraphs, lists, links, emphasis and headings into HTML; everything else stays text."""
    tokens = parser.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(LOWEST_HEADING, int(token.tag[1]) + HEADINGS_DOWN)}"
    html = parser.renderer.render(tokens, parser.options, {})
    return mark_safe(  # noqa: S308  # cleaned by nh3 in this very line
        nh3.clean(
            html,
            tags=TAGS,
            attributes={"a": {"href"}},
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel="noopener nofollow",
        ).strip()
    )
