"""Many tables in one step: made, known to the state, dropped again, and written as a migration."""

import pytest
from django.db import connection, models
from django.db.migrations.operations import AddField, CreateModel
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import OperationWriter

from burgertop.foundation.making_tables import CreateModels

KEY = ("id", models.BigAutoField(primary_key=True))


def two_models() -> CreateModels:
    """A card that refers to a desk which is made after it."""
    positive = models.CheckConstraint(condition=models.Q(number__gt=0), name="attic_card_number_positive")
    desk = models.ForeignKey("attic.desk", on_delete=models.CASCADE)
    card = CreateModel("Card", [KEY, ("number", models.IntegerField()), ("desk", desk)], {"constraints": [positive]})
    return CreateModels([card, CreateModel("Desk", [KEY])])


def tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if name.startswith("attic_")}


@pytest.mark.django_db(transaction=True)
def test_tables_are_made_together_and_dropped_together() -> None:
    step, empty, full = two_models(), ProjectState(), ProjectState()
    step.state_forwards("attic", full)

    with connection.schema_editor() as editor:
        step.database_forwards("attic", editor, empty, full)
    made = tables()
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, "attic_card")
    with connection.schema_editor() as editor:
        step.database_backwards("attic", editor, full, empty)

    assert (made, tables()) == ({"attic_card", "attic_desk"}, set())
    assert "attic_card_number_positive" in constraints
    assert [one["foreign_key"] for one in constraints.values() if one["foreign_key"]] == [("attic_desk", "id")]


def test_classes_that_were_built_before_are_built_anew() -> None:
    state = ProjectState()
    assert not state.apps.get_models()

    two_models().state_forwards("attic", state)
    AddField("Desk", "name", models.TextField(default="")).state_forwards("attic", state)

    card, desk = (state.apps.get_model("attic", name) for name in ("card", "desk"))
    assert card._meta.get_field("desk").related_model is desk
    assert desk._meta.get_field("name").get_internal_type() == "TextField"


def test_the_step_is_written_with_its_models() -> None:
    written, imports = OperationWriter(two_models(), indentation=0).serialize()

    assert "import burgertop.foundation.making_tables" in imports
    assert written.count("migrations.CreateModel(") == 2
