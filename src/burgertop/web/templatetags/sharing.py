"""Parts of a page that are the same for everybody, written out once for many pages."""

from collections.abc import Sequence

from django.template import Library, TemplateSyntaxError
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from burgertop.foundation.shelf import kept

__all__ = ["register"]

register = Library()


class Shared(Node):
    """What stands between ``{% shared %}`` and ``{% endshared %}``."""

    def __init__(self, name: str, depends_on: Sequence[FilterExpression], nodes: NodeList) -> None:
        self.name, self.depends_on, self.nodelist = name, depends_on, nodes

    def render(self, context: Context) -> SafeString:
        """Take the part from the shelf, or write it out."""
        key = ("part", self.name, get_language(), *(str(one.resolve(context)) for one in self.depends_on))
        return kept(key, lambda: self.nodelist.render(context))


@register.tag
def shared(parser: Parser, token: Token) -> Shared:
    """Write a part of a page once for all who look within a moment: ``{% shared "footer" process.slug %}``.

    The first word names the part, the others are all that it depends on besides the language. Pages of the staff are
    always written out (``foundation/shelf``), so a part may ask whether somebody is signed in; it holds no form with a
    secret.
    """
    _tag, *words = token.split_contents()
    if not words:
        raise TemplateSyntaxError("shared needs the name of the part")
    nodes = parser.parse(("endshared",))
    parser.delete_first_token()
    return Shared(words[0].strip("\"'"), [parser.compile_filter(word) for word in words[1:]], nodes)
