"""Forms look and speak as the house does."""

from html.parser import HTMLParser

from django import forms


class Reply(forms.Form):
    name = forms.CharField(label="Your name", help_text="As on your letter.")
    idea = forms.CharField(label="Your idea", widget=forms.Textarea, max_length=400, required=False)
    way = forms.ChoiceField(label="How?", choices=[("t", "By train"), ("c", "By car")], widget=forms.RadioSelect)
    spoken = forms.MultipleChoiceField(
        label="Languages", choices=[("nl", "Dutch"), ("fr", "French")], widget=forms.CheckboxSelectMultiple
    )
    agreed = forms.BooleanField(label="I have read the rules")
    once = forms.UUIDField(widget=forms.HiddenInput)


class Reader(HTMLParser):
    """Collects every element with its attributes, and what is written in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attrs for _tag, attrs in self.elements if attrs.get("name") == name]

    def of_class(self, wanted: str) -> list[dict[str, str | None]]:
        return [attrs for _tag, attrs in self.elements if wanted in (attrs.get("class") or "").split()]

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _tag, attrs in self.elements if attrs.get("id")]  # type: ignore[misc]  # filtered


def sent(**values: object) -> Reply:
    return Reply(data=values)


def test_a_text_field_has_a_label_a_hint_and_the_class_of_an_input() -> None:
    read = Reader(Reply()["name"].as_field_group())

    assert read.named("name") == [
        {
            "type": "text",
            "name": "name",
            "required": None,
            "aria-describedby": "id_name_helptext",
            "id": "id_name",
            "class": "input",
        }
    ]
    assert read.of_class("field__label") == [{"class": "field__label", "for": "id_name"}]
    assert "id_name_helptext" in read.ids


def test_an_error_is_tied_to_its_control() -> None:
    read = Reader(sent()["name"].as_field_group())

    (control,) = read.named("name")
    assert control["aria-invalid"] == "true"
    assert set((control["aria-describedby"] or "").split()) <= set(read.ids)
    assert "id_name_error" in read.ids


def test_radios_and_check_boxes_are_the_circles_of_a_ballot() -> None:
    form = Reply(initial={"way": "c"})
    way, spoken = Reader(form["way"].as_field_group()), Reader(form["spoken"].as_field_group())

    assert [(one["type"], one["value"], "checked" in one) for one in way.named("way")] == [
        ("radio", "t", False),
        ("radio", "c", True),
    ]
    assert [one["type"] for one in spoken.named("spoken")] == ["checkbox", "checkbox"]
    assert len(way.of_class("choice__round")) == len(spoken.of_class("choice__round")) == 2
    assert [one["for"] for one in way.of_class("choice")] == ["id_way_0", "id_way_1"]
    assert way.of_class("input") == []


def test_a_group_of_choices_names_its_question_and_its_error() -> None:
    read = Reader(sent()["way"].as_field_group())

    tags = [tag for tag, _attrs in read.elements]
    (group,) = [attrs for tag, attrs in read.elements if tag == "fieldset"]
    assert "legend" in tags
    assert group == {"class": "field", "id": "id_way_field", "aria-describedby": "id_way_error"}


def test_one_check_box_is_one_circle_with_its_label() -> None:
    read = Reader(Reply()["agreed"].as_field_group())

    assert [one["for"] for one in read.of_class("choice")] == ["id_agreed"]
    assert [one["type"] for one in read.named("agreed")] == ["checkbox"]


def test_a_whole_form_begins_with_what_is_wrong_and_links_to_it() -> None:
    html = str(sent(name="Ann", way="t", once="no"))
    read = Reader(html)

    links = [attrs["href"] for tag, attrs in read.elements if tag == "a"]
    assert links == ["#id_spoken_field", "#id_agreed"]
    assert {link.removeprefix("#") for link in links if link} <= set(read.ids)
    assert "3 things are not right yet" in html
    assert [one["type"] for one in read.named("once")] == ["hidden"]


def test_no_id_is_used_twice() -> None:
    ids = Reader(str(sent())).ids

    assert sorted(ids) == sorted(set(ids))


def test_a_long_text_says_how_much_fits() -> None:
    html = Reply()["idea"].as_field_group()

    assert "At most 400 characters" in html
    assert 'data-words="{count} of {most} characters"' in html


def test_what_was_typed_is_escaped() -> None:
    assert "<script>" not in str(sent(name="<script>", way='"><script>', spoken=["<script>"]))


def test_a_class_of_the_form_is_kept() -> None:
    class Dated(forms.Form):
        day = forms.DateField(widget=forms.DateInput(attrs={"class": "figures", "type": "date"}))

    (control,) = Reader(Dated()["day"].as_field_group()).named("day")
    assert control["class"] == "input figures"


def test_every_part_of_a_control_is_an_input() -> None:
    class Moment(forms.Form):
        at = forms.SplitDateTimeField()

    assert len(Reader(Moment()["at"].as_field_group()).of_class("input")) == 2
