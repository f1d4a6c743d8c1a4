import uuid

import django.db.models.deletion
import django.utils.timezone
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import burgertop.foundation.making_tables


def let_bound_devices_send(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now a table had one device, and it sent."""
    devices = apps.get_model("summit", "Device").objects.using(schema_editor.connection.alias)
    devices.filter(revoked_at__isnull=True).update(is_sender=True)


class Migration(migrations.Migration):
    dependencies = [
        ("summit", "0004_weights"),
    ]

    operations = [
        burgertop.foundation.making_tables.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="CardChange",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("once", models.UUIDField()),
                        ("digest", models.CharField(max_length=64)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[("taken", "taken"), ("conflict", "conflict"), ("refused", "refused")],
                                max_length=10,
                            ),
                        ),
                        ("code", models.CharField(blank=True, max_length=60)),
                        ("params", models.JSONField(blank=True, default=dict)),
                        ("card", models.UUIDField(blank=True, null=True)),
                        ("taken_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="summit.table"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("table", "once"), name="change_key_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Handover",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("once", models.UUIDField()),
                        ("is_late", models.BooleanField(default=False)),
                        ("sent_by", models.UUIDField(blank=True, null=True)),
                        ("agreed_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="handovers", to="summit.round"
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="handovers", to="summit.table"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["agreed_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("table", "once"), name="handover_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandoverCard",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("revision", models.PositiveIntegerField()),
                        ("called_back_at", models.DateTimeField(blank=True, null=True)),
                        ("called_back_by", models.UUIDField(blank=True, null=True)),
                        (
                            "card",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="handovers", to="summit.card"
                            ),
                        ),
                        (
                            "handover",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="cards", to="summit.handover"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("called_back_at__isnull", True)),
                                fields=("card",),
                                name="card_sent_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Photo",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "type",
                            models.CharField(
                                choices=[("image/jpeg", "JPEG"), ("image/png", "PNG"), ("image/webp", "WebP")],
                                max_length=20,
                            ),
                        ),
                        ("digest", models.CharField(max_length=64)),
                        ("size", models.PositiveIntegerField()),
                        ("image", models.BinaryField()),
                        ("taken_by", models.UUIDField(blank=True, null=True)),
                        ("taken_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="photos", to="summit.round"
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="photos", to="summit.table"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["table__number", "taken_at"],
                        "indexes": [models.Index(fields=["round", "table"], name="photos_of_table")],
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "table", "digest"), name="photo_once"),
                        ],
                    },
                ),
            ],
        ),
        migrations.AlterModelOptions(name="device", options={"ordering": ["number"]}),
        migrations.RemoveConstraint(model_name="device", name="one_device_per_table"),
        migrations.AddField("card", "is_late", models.BooleanField(default=False)),
        migrations.AddField("card", "is_typed", models.BooleanField(default=False)),
        migrations.AddField("cardrevision", "settled_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("device", "number", models.PositiveSmallIntegerField(default=1)),
        migrations.AddField("device", "is_sender", models.BooleanField(default=False)),
        migrations.AddField("device", "seen_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("device", "waiting", models.PositiveIntegerField(default=0)),
        migrations.AddField("device", "clock_seconds", models.IntegerField(default=0)),
        migrations.RunPython(let_bound_devices_send, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_sender", True), ("revoked_at__isnull", True)),
                fields=("table",),
                name="one_sender_per_table",
            ),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.UniqueConstraint(
                condition=models.Q(("revoked_at__isnull", True)), fields=("table", "number"), name="device_number_once"
            ),
        ),
    ]
