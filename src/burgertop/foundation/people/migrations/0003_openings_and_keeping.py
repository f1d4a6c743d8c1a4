import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import burgertop.foundation.making_tables


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_role_without_guest"),
        ("process", "0001_initial"),
    ]

    operations = [
        burgertop.foundation.making_tables.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Keeping",
                    fields=[
                        (
                            "process",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="keeping",
                                serialize=False,
                                to="process.process",
                            ),
                        ),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("identity_days", models.PositiveSmallIntegerField(default=90)),
                        ("contact_days", models.PositiveSmallIntegerField(default=90)),
                        ("profile_days", models.PositiveSmallIntegerField(default=365)),
                        ("speech_days", models.PositiveSmallIntegerField(blank=True, default=365, null=True)),
                        ("access_days", models.PositiveSmallIntegerField(default=730)),
                    ],
                ),
                migrations.CreateModel(
                    name="Opening",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("participant_id", models.UUIDField(blank=True, db_index=True, null=True)),
                        ("people", models.PositiveIntegerField(default=1)),
                        ("account_id", models.UUIDField(blank=True, null=True)),
                        ("reason", models.CharField(max_length=40)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "process",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="openings",
                                to="process.process",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["process", "-at"], name="openings_newest")],
                    },
                ),
            ],
        ),
    ]
