"""Light marks become safe HTML."""

import pytest

from burgertop.web.markdown import to_html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One *word*\n\n- a\n- b", "<p>One <em>word</em></p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("# Head", "<h3>Head</h3>"),
        ("##### Head", "<h6>Head</h6>"),
        ("<b onclick=x>hi</b>", "<p>&lt;b onclick=x&gt;hi&lt;/b&gt;</p>"),
        ("[go](javascript:alert)", "<p>[go](javascript:alert)</p>"),
        ("[go](https://example.org)", '<p><a href="https://example.org" rel="noopener nofollow">go</a></p>'),
        (
            "![cat](https://example.org/a.png)",
            '<p>!<a href="https://example.org/a.png" rel="noopener nofollow">cat</a></p>',
        ),
        ("    four spaces", "<p>four spaces</p>"),
        ("", ""),
    ],
)
def test_marks_become_html_and_html_stays_text(text: str, html: str) -> None:
    assert to_html(text) == html
