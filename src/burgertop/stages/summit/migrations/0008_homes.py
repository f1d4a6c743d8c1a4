import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import burgertop.foundation.making_tables
import burgertop.stages.summit.models.homes


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_openings_and_keeping"),
        ("process", "0001_initial"),
        ("summit", "0005_script"),
        ("summit", "0007_desk"),
    ]

    operations = [
        burgertop.foundation.making_tables.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Gathering",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("place", models.CharField(max_length=120)),
                        ("languages", models.JSONField(default=list)),
                        (
                            "tables_wanted",
                            models.PositiveSmallIntegerField(
                                default=1, validators=[django.core.validators.MinValueValidator(1)]
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("asked", "asked"), ("accepted", "accepted"), ("refused", "refused")],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("link_key", models.CharField(blank=True, max_length=32)),
                        ("people_came", models.PositiveIntegerField(blank=True, null=True)),
                        ("counts", models.JSONField(blank=True, default=dict)),
                        ("once", models.UUIDField(unique=True)),
                        ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "identity",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="gathering",
                                to="people.identity",
                            ),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="gatherings",
                                to="process.stage",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["asked_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("state", "asked")),
                                    models.Q(
                                        models.Q(("state", "asked"), _negated=True), ("decided_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="a_gathering_is_decided_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GatheringTable",
                    fields=[
                        (
                            "table",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="at_gathering",
                                serialize=False,
                                to="summit.table",
                            ),
                        ),
                        (
                            "gathering",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="tables",
                                to="summit.gathering",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["table__number"],
                    },
                ),
                migrations.CreateModel(
                    name="HomeGuest",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField()),
                        (
                            "language",
                            models.CharField(
                                max_length=20,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?\\Z",
                                        "Enter a language tag such as nl, el or ar.",
                                    )
                                ],
                            ),
                        ),
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
                                default="g_home",
                                max_length=20,
                            ),
                        ),
                        ("once", models.UUIDField(unique=True)),
                        ("registered_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "identity",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="home_guest",
                                to="people.identity",
                            ),
                        ),
                        ("rounds", models.ManyToManyField(blank=True, related_name="home_guests", to="summit.round")),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="home_guests",
                                to="process.stage",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("stage", "number"), name="home_guest_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(("origin", "g_home")), name="a_home_guest_is_at_home"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HomeRoom",
                    fields=[
                        (
                            "table",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="home_room",
                                serialize=False,
                                to="summit.table",
                            ),
                        ),
                        (
                            "secret",
                            models.CharField(default=burgertop.stages.summit.models.homes.new_secret, max_length=64),
                        ),
                        ("address", models.CharField(blank=True, max_length=300)),
                        ("pen_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "pen",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="pens",
                                to="summit.homeguest",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="HomeSeat",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("seated_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("seen_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "guest",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="summit.homeguest"
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="home_seats",
                                to="summit.round",
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="home_seats",
                                to="summit.table",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["round", "table"], name="home_seats_of_table")],
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "guest"), name="one_home_seat_per_round")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HomeSetting",
                    fields=[
                        (
                            "stage",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="home_setting",
                                serialize=False,
                                to="process.stage",
                            ),
                        ),
                        ("is_home_open", models.BooleanField(default=False)),
                        ("is_off_open", models.BooleanField(default=False)),
                        ("room_pattern", models.CharField(blank=True, max_length=300)),
                        (
                            "least",
                            models.PositiveSmallIntegerField(
                                default=6, validators=[django.core.validators.MinValueValidator(2)]
                            ),
                        ),
                        (
                            "most",
                            models.PositiveSmallIntegerField(
                                default=10, validators=[django.core.validators.MaxValueValidator(40)]
                            ),
                        ),
                        (
                            "reach",
                            models.CharField(
                                choices=[("table", "their own table"), ("language", "all tables of their language")],
                                default="language",
                                max_length=10,
                            ),
                        ),
                        (
                            "seed",
                            models.CharField(default=burgertop.stages.summit.models.homes.new_secret, max_length=64),
                        ),
                        ("uploads_until", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("least__gte", 2), ("most__gte", models.F("least"))),
                                name="home_table_least_to_most",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HomeStatement",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField()),
                        ("author", models.UUIDField(blank=True, null=True)),
                        ("person", models.PositiveSmallIntegerField()),
                        (
                            "language",
                            models.CharField(
                                max_length=20,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?\\Z",
                                        "Enter a language tag such as nl, el or ar.",
                                    )
                                ],
                            ),
                        ),
                        ("text", models.CharField(max_length=280)),
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
                                default="g_home",
                                max_length=20,
                            ),
                        ),
                        ("once", models.UUIDField()),
                        ("said_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("hidden_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "hidden_for",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("personal", "It names or describes a private person."),
                                    ("insult", "It insults people or calls for hatred."),
                                    ("off_topic", "It has nothing to do with the question."),
                                    ("advertising", "It is advertising."),
                                    ("twice", "It was sent several times."),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "card",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="statement",
                                to="summit.card",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="home_statements",
                                to="summit.round",
                            ),
                        ),
                        (
                            "table",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="home_statements",
                                to="summit.table",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["table__number", "number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "table", "number"), name="statement_number_once"),
                            models.UniqueConstraint(fields=("round", "table", "once"), name="statement_form_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("hidden_at__isnull", True), ("hidden_for", "")),
                                    models.Q(("hidden_at__isnull", False), models.Q(("hidden_for", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="hidden_with_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("origin", "g_home")), name="a_statement_is_from_home"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HomeRating",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("rater", models.UUIDField()),
                        (
                            "value",
                            models.SmallIntegerField(
                                choices=[(1, "I agree"), (-1, "I disagree"), (0, "I don't know, skip")]
                            ),
                        ),
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
                                default="g_home",
                                max_length=20,
                            ),
                        ),
                        ("rated_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "statement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ratings",
                                to="summit.homestatement",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("statement", "rater"), name="one_home_rating_per_rater"),
                            models.CheckConstraint(
                                condition=models.Q(("value__in", [-1, 0, 1])), name="home_rating_is_one_of_three"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("origin", "g_home")), name="a_home_rating_is_from_home"
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
