import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import burgertop.foundation.making_tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("process", "0001_initial"),
    ]

    operations = [
        burgertop.foundation.making_tables.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Space",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("purpose", models.SlugField(max_length=40)),
                        (
                            "process",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="code_spaces",
                                to="process.process",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("process", "purpose"), name="one_space_per_purpose")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Code",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("keyed_hash", models.CharField(max_length=64, unique=True)),
                        ("subject", models.UUIDField(db_index=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("replaced_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "space",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="codes", to="codes.space"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("replaced_at__isnull", True)),
                                fields=("space", "subject"),
                                name="one_standing_code",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attempts",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("network", models.CharField(blank=True, max_length=64)),
                        ("window", models.DateTimeField()),
                        ("wrong", models.PositiveIntegerField(default=0)),
                        (
                            "space",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="attempts", to="codes.space"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "attempts",
                        "constraints": [
                            models.UniqueConstraint(fields=("space", "network", "window"), name="one_count_per_window")
                        ],
                    },
                ),
            ],
        ),
    ]
