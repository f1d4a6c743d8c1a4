import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import burgertop.foundation.making_tables


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_openings_and_keeping"),
        ("process", "0001_initial"),
        ("summit", "0002_doors"),
    ]

    operations = [
        burgertop.foundation.making_tables.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Staff",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "role",
                            models.CharField(
                                choices=[("facilitator", "facilitator"), ("interpreter", "interpreter")], max_length=12
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=120)),
                        ("languages", models.JSONField(default=list)),
                        ("away_since", models.DateTimeField(blank=True, null=True)),
                        (
                            "knows",
                            models.ManyToManyField(blank=True, related_name="known_by_staff", to="people.participant"),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hall_staff",
                                to="process.stage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "staff",
                        "ordering": ["role", "name", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("name", ""), _negated=True),
                                fields=("stage", "role", "name"),
                                name="hall_staff_name_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Duty",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "round",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="duties",
                                to="summit.round",
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="duties", to="summit.table"
                            ),
                        ),
                        (
                            "staff",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="duties", to="summit.staff"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "duties",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("round", None)), fields=("staff",), name="one_table_for_the_day"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("round", None)), fields=("table",), name="one_facilitator_at_table"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("round__isnull", False)),
                                fields=("staff", "round"),
                                name="one_table_in_a_round",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("round__isnull", False)),
                                fields=("table", "round"),
                                name="one_interpreter_in_a_round",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeatMove",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("was_by_hand", models.BooleanField(default=False)),
                        ("act", models.UUIDField(default=uuid.uuid4)),
                        ("moved_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "origin_table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="moves_away",
                                to="summit.table",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seat_moves",
                                to="people.participant",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seat_moves",
                                to="summit.round",
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="moves_here",
                                to="summit.table",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-moved_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("act", "participant"), name="moved_once_in_an_act")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeatPlan",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("drawn", "for everybody on the roster"),
                                    ("reseated", "for those who are here"),
                                ],
                                default="drawn",
                                max_length=10,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "shown, not yet done"),
                                    ("standing", "stands"),
                                    ("past", "replaced"),
                                ],
                                default="standing",
                                max_length=10,
                            ),
                        ),
                        ("seed", models.CharField(max_length=200)),
                        (
                            "effort",
                            models.CharField(
                                choices=[
                                    ("quick", "quick: a few seconds"),
                                    ("good", "good: half a minute"),
                                    ("best", "best: a few minutes"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "least_at_table",
                            models.PositiveSmallIntegerField(
                                default=8, validators=[django.core.validators.MinValueValidator(1)]
                            ),
                        ),
                        ("least_speakers", models.PositiveSmallIntegerField(default=3)),
                        ("rounds", models.JSONField(default=list)),
                        ("people", models.PositiveIntegerField()),
                        ("tables", models.PositiveSmallIntegerField()),
                        ("input_digest", models.CharField(max_length=64)),
                        ("rules_digest", models.CharField(max_length=64)),
                        ("result_digest", models.CharField(max_length=64)),
                        ("figures", models.JSONField(default=dict)),
                        ("given", models.JSONField(default=dict)),
                        ("proposal", models.JSONField(default=list)),
                        ("planned_at", models.DateTimeField()),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seat_plans",
                                to="process.stage",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-planned_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "standing")), fields=("stage",), name="one_standing_plan"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "proposed")), fields=("stage",), name="one_proposed_plan"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeatRule",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pin", "sits at this table"),
                                    ("apart", "sit apart"),
                                    ("together", "sit together"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("carer", "a carer"),
                                    ("sign", "a sign interpreter"),
                                    ("access", "access to the table"),
                                    ("colleagues", "they know each other"),
                                    ("conflict", "they should not meet"),
                                    ("by_hand", "decided by the organizers"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("people", models.ManyToManyField(related_name="seat_rules", to="people.participant")),
                        (
                            "round",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seat_rules",
                                to="summit.round",
                            ),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seat_rules",
                                to="process.stage",
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="seat_rules",
                                to="summit.table",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["made_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "pin"), ("table__isnull", False)),
                                    models.Q(
                                        models.Q(("kind", "pin"), _negated=True), ("round", None), ("table", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="a_pin_has_a_table",
                            )
                        ],
                    },
                ),
            ],
        ),
        migrations.AddField(
            model_name="table",
            name="closed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="table",
            name="has_hearing_loop",
            field=models.BooleanField(default=False),
        ),
    ]
