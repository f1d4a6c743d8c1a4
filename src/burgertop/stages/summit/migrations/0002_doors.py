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
        ("summit", "0001_initial"),
    ]

    operations = [
        burgertop.foundation.making_tables.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Door",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "number",
                            models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)]),
                        ),
                        ("name", models.CharField(max_length=60)),
                        ("sheet", models.PositiveSmallIntegerField(default=1)),
                        ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="doors", to="process.stage"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("stage", "number"), name="door_number_once"),
                            models.UniqueConstraint(fields=("stage", "name"), name="door_name_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DoorDevice",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("key_hash", models.CharField(max_length=64, unique=True)),
                        ("bound_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("listed_at", models.DateTimeField(blank=True, null=True)),
                        ("seen_at", models.DateTimeField(blank=True, null=True)),
                        ("holds", models.PositiveIntegerField(default=0)),
                        ("clock_seconds", models.IntegerField(default=0)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "ending",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("replaced", "another device took its place"),
                                    ("shut_out", "lost or stolen"),
                                    ("closed", "the door was closed"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "door",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="devices", to="summit.door"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["bound_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("door",),
                                name="one_device_per_door",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ending", "")),
                                    models.Q(("ended_at__isnull", False), models.Q(("ending", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="door_device_ends_for_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Scan",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("in", "came in"),
                                    ("out", "went out"),
                                    ("walk_in", "came in without a seat"),
                                    ("undo", "taken back"),
                                ],
                                default="in",
                                max_length=8,
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("square", "the square on the badge"),
                                    ("code", "a code that was typed"),
                                    ("name", "their name"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("taken", "taken"),
                                    ("repeated", "was in already, by the same door"),
                                    ("clash", "was in already, by another door"),
                                    ("not_in", "was not in"),
                                    ("replaced", "an old badge"),
                                    ("unknown", "not on the list"),
                                    ("shut_out", "from a device that was shut out"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("is_counted", models.BooleanField(default=True)),
                        ("code", models.CharField(blank=True, max_length=10)),
                        ("by", models.UUIDField(blank=True, null=True)),
                        ("scanned_at", models.DateTimeField()),
                        ("at", models.DateTimeField()),
                        ("received_at", models.DateTimeField()),
                        (
                            "device",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="scans",
                                to="summit.doordevice",
                            ),
                        ),
                        (
                            "door",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scans",
                                to="summit.door",
                            ),
                        ),
                        (
                            "participant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="door_scans",
                                to="people.participant",
                            ),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="scans", to="process.stage"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "indexes": [models.Index(fields=["participant", "number"], name="scans_of_person")],
                        "constraints": [
                            models.UniqueConstraint(fields=("stage", "number"), name="scan_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_counted", False), ("participant__isnull", False), _connector="OR"
                                ),
                                name="counted_scan_is_of_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Clash",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "settled_as",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("same", "the same person came in twice"),
                                    ("copied", "another person: the badge was copied"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("settled_by", models.UUIDField(blank=True, null=True)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="clashes", to="process.stage"
                            ),
                        ),
                        (
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="summit.scan"
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="summit.scan"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "clashes",
                        "constraints": [
                            models.UniqueConstraint(fields=("first", "second"), name="clash_told_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("settled_as", ""), ("settled_at__isnull", True)),
                                    models.Q(
                                        ("settled_at__isnull", False), models.Q(("settled_as", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="clash_settled_in_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Arrival",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("is_expected", models.BooleanField(default=True)),
                        ("came_at", models.DateTimeField()),
                        ("in_since", models.DateTimeField(blank=True, null=True)),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hall_arrivals",
                                to="people.participant",
                            ),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="hall_arrivals",
                                to="process.stage",
                            ),
                        ),
                        (
                            "first_scan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="summit.scan"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["came_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("stage", "participant"), name="one_arrival_per_person"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("in_since__isnull", False), ("left_at__isnull", True)),
                                    models.Q(("in_since__isnull", True), ("left_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="in_the_house_or_gone",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Badge",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                default=1, validators=[django.core.validators.MinValueValidator(1)]
                            ),
                        ),
                        ("replaced_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "participant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="badges",
                                to="people.participant",
                            ),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="badges", to="process.stage"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("stage", "participant"), name="one_badge_per_person")
                        ],
                    },
                ),
            ],
        ),
    ]
