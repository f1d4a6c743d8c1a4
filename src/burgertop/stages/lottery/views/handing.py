"""A package of a draw as a file to take away."""

import json
from typing import Any

from django.http import HttpResponse

__all__ = ["package_file"]


def package_file(content: dict[str, Any], name: str) -> HttpResponse:
    """Answer with a package as a JSON file; it is never kept on the way, for it can be of one person."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{name}.json"'
    response["Cache-Control"] = "no-store"
    return response
