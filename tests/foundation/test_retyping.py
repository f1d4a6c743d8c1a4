"""A form that is shown again shows what was typed, word for word."""

from django import forms
from django.http import QueryDict

from burgertop.foundation.retyping import retype


class Letter(forms.Form):
    """A text and what was seen of it."""

    body = forms.CharField()
    seen = forms.IntegerField()


def test_words_typed_into_a_browser_stay_words() -> None:
    form = Letter(QueryDict("body=Beste+buren&seen=1"))

    retype(form, seen=2)

    assert (form["body"].value(), form["seen"].value()) == ("Beste buren", "2")


def test_what_the_browser_sent_is_not_changed() -> None:
    sent = QueryDict("body=Beste+buren&seen=1")

    retype(Letter(sent), seen=2)

    assert sent.urlencode() == "body=Beste+buren&seen=1"
