"""Draws made before there were rounds get a first one; a draw that was sealed but not drawn is prepared again.

Version 0.1 sealed pool and quotas, and looked for a panel after the chance was known. Such a panel keeps its seats; such
a seal cannot be kept, for the rule it promised is gone. Its line stays in the record.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SEATED = ("drawn", "left", "replacement")


def give_first_rounds(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Move chance and digests of every drawn draw into its first round."""
    draws, rounds = apps.get_model("draws", "Draw"), apps.get_model("draws", "Round")
    members = apps.get_model("draws", "Member")
    for draw in draws.objects.filter(state="drawn"):
        rounds.objects.create(
            draw=draw,
            number=1,
            rule=draw.rule,
            seats=draw.seats,
            panels=0,
            version=draw.version,
            input_digest=draw.input_digest,
            computed_at=draw.committed_at,
            chance="public_text",
            committed_at=draw.committed_at,
            public_seed=draw.public_seed,
            result_digest=draw.result_digest,
            drawn_at=draw.drawn_at,
        )
    members.objects.filter(standing__in=SEATED).update(seated_in=1)
    draws.objects.exclude(state="drawn").update(state="preparing", rule="leximin")


class Migration(migrations.Migration):
    dependencies = [
        ("draws", "0003_rounds"),
    ]

    operations = [migrations.RunPython(give_first_rounds, migrations.RunPython.noop)]
