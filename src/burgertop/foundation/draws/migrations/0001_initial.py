import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import burgertop.foundation.making_tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
        ("process", "0001_initial"),
    ]

    operations = [
        burgertop.foundation.making_tables.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="QuotaRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("feature", models.CharField(max_length=60)),
                        ("value", models.CharField(max_length=120)),
                        ("least", models.PositiveIntegerField()),
                        ("most", models.PositiveIntegerField()),
                        ("least_flex", models.PositiveIntegerField(blank=True, null=True)),
                        ("most_flex", models.PositiveIntegerField(blank=True, null=True)),
                        ("order", models.PositiveIntegerField(default=0)),
                        (
                            "draw",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="quotas", to="draws.draw"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order", "id"],
                        "constraints": [
                            models.UniqueConstraint(fields=("draw", "feature", "value"), name="one_quota_per_value"),
                            models.CheckConstraint(
                                condition=models.Q(("most__gte", models.F("least"))), name="quota_most_not_below_least"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Draw",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("name", models.SlugField(max_length=40)),
                        ("seats", models.PositiveIntegerField()),
                        ("features", models.JSONField(default=list)),
                        ("rule", models.CharField(default="random-objective", max_length=40)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("preparing", "being prepared"),
                                    ("committed", "sealed: pool and quotas can no longer change"),
                                    ("drawn", "drawn"),
                                ],
                                default="preparing",
                                max_length=12,
                            ),
                        ),
                        ("input_digest", models.CharField(blank=True, max_length=64)),
                        ("public_seed", models.CharField(blank=True, max_length=200)),
                        ("result_digest", models.CharField(blank=True, max_length=64)),
                        ("version", models.CharField(blank=True, max_length=20)),
                        ("committed_at", models.DateTimeField(blank=True, null=True)),
                        ("drawn_at", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="draws", to="process.stage"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["created_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("stage", "name"), name="draw_name_once"),
                            models.CheckConstraint(condition=models.Q(("seats__gt", 0)), name="draw_has_seats"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Member",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField()),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("drawn", "drawn by lot"),
                                    ("partner", "partner seat"),
                                    ("self_selected", "came by themselves"),
                                    ("g_home", "G-Home, online table"),
                                    ("g_off", "G-Off, local gathering"),
                                    ("paper", "on paper"),
                                    ("staff_entered", "entered by staff"),
                                    ("imported", "imported"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("in_pool", "in the pool"),
                                    ("drawn", "drawn"),
                                    ("left", "left"),
                                    ("replacement", "replacement"),
                                ],
                                default="in_pool",
                                max_length=12,
                            ),
                        ),
                        (
                            "draw",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="members", to="draws.draw"
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="drawn_in",
                                to="people.participant",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("draw", "participant"), name="once_in_a_pool"),
                            models.UniqueConstraint(fields=("draw", "number"), name="pool_number_once"),
                        ],
                    },
                ),
            ],
        ),
    ]
