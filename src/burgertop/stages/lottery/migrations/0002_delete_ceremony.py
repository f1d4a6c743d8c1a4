"""Where the chance of a draw came from moves to its round."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def move_to_rounds(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Tell the first round of every draw what was announced."""
    rounds = apps.get_model("draws", "Round")
    for ceremony in apps.get_model("lottery", "Ceremony").objects.all():
        rounds.objects.filter(draw_id=ceremony.draw_id, number=1).update(chance=ceremony.chance, source=ceremony.source)


class Migration(migrations.Migration):
    dependencies = [
        ("draws", "0004_first_rounds"),
        ("lottery", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(move_to_rounds, migrations.RunPython.noop),
        migrations.DeleteModel(name="Ceremony"),
    ]
