import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import burgertop.foundation.making_tables


class Migration(migrations.Migration):
    dependencies = [
        ("lottery", "0002_delete_ceremony"),
        ("people", "0002_role_without_guest"),
        ("process", "0001_initial"),
    ]

    operations = [
        burgertop.foundation.making_tables.CreateModels(
            operations=[
                migrations.CreateModel(
                    name="Bundle",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("printed", models.PositiveIntegerField(default=0)),
                        ("printed_at", models.DateTimeField(blank=True, null=True)),
                        ("dropped_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="bundles", to="lottery.wave"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [models.UniqueConstraint(fields=("wave", "number"), name="bundle_number_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Invitee",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("row", models.PositiveIntegerField()),
                        ("order", models.PositiveIntegerField()),
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
                                default="drawn",
                                max_length=20,
                            ),
                        ),
                        ("languages", models.JSONField(default=list)),
                        ("features", models.JSONField(default=dict)),
                        ("household", models.CharField(blank=True, max_length=64)),
                        ("wants_large_print", models.BooleanField(default=False)),
                        ("erased_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "frame",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="invitees", to="lottery.frame"
                            ),
                        ),
                        (
                            "identity",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="invitee",
                                to="people.identity",
                            ),
                        ),
                        (
                            "participant",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="invitee",
                                to="people.participant",
                            ),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="invitees", to="process.stage"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["frame__committed_at", "order"],
                        "indexes": [models.Index(fields=["stage", "order"], name="lottery_invitees_in_order")],
                        "constraints": [models.UniqueConstraint(fields=("frame", "row"), name="invited_once_a_row")],
                    },
                ),
                migrations.CreateModel(
                    name="Frame",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("name", models.SlugField(max_length=40)),
                        ("rows", models.PositiveIntegerField()),
                        ("left_out", models.PositiveIntegerField(default=0)),
                        ("digest", models.CharField(max_length=64)),
                        ("group_by", models.CharField(blank=True, max_length=60)),
                        ("wanted", models.JSONField(default=dict)),
                        (
                            "chance",
                            models.CharField(
                                choices=[
                                    ("dice", "dice thrown in public"),
                                    ("public_text", "a public text, such as the numbers of a national lottery"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("source", models.CharField(max_length=200)),
                        ("committed_at", models.DateTimeField()),
                        ("public_seed", models.CharField(blank=True, max_length=200)),
                        ("drawn_at", models.DateTimeField(blank=True, null=True)),
                        ("destroyed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="frames", to="process.stage"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["committed_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("stage", "name"), name="frame_name_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("drawn_at__isnull", True),
                                    models.Q(("public_seed", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="frame_drawn_by_public_chance",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("answer_by", models.DateTimeField(blank=True, null=True)),
                        (
                            "window",
                            models.CharField(
                                choices=[("left", "left"), ("right", "right")], default="right", max_length=5
                            ),
                        ),
                        ("has_card", models.BooleanField(default=True)),
                        (
                            "stage",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitation",
                                to="process.stage",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="InvitationText",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.SlugField(max_length=40)),
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
                        ("body", models.TextField(blank=True)),
                        ("is_original", models.BooleanField(default=True)),
                        ("is_machine", models.BooleanField(default=False)),
                        ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="texts",
                                to="lottery.invitation",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "name", "language"), name="lottery_invitationtext_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reply",
                    fields=[
                        (
                            "invitee",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="reply",
                                serialize=False,
                                to="lottery.invitee",
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    ("yes", "Yes, I want to take part"),
                                    ("no", "No, I do not take part"),
                                    ("later", "Not this time, perhaps another time"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("no_time", "I have no time on those days"),
                                    ("work", "I have to work"),
                                    ("care", "I look after somebody"),
                                    ("health", "My health"),
                                    ("far", "It is too far"),
                                    ("language", "The language"),
                                    ("not_for_me", "It is not for me"),
                                    ("no_trust", "I do not think that anything comes of it"),
                                    ("moved", "The person has moved or has died"),
                                    ("other", "Something else"),
                                ],
                                max_length=12,
                            ),
                        ),
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
                        ("needs", models.JSONField(default=dict)),
                        (
                            "channel",
                            models.CharField(
                                choices=[("web", "on the web"), ("phone", "by phone"), ("card", "on a card")],
                                max_length=8,
                            ),
                        ),
                        ("is_late", models.BooleanField(default=False)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("answered_at", models.DateTimeField()),
                        ("changed_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["answer", "is_late"], name="lottery_replies_by_answer")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", "yes"), _negated=True), ("reason", ""), _connector="OR"
                                ),
                                name="a_yes_has_no_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Wave",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("is_reminder", models.BooleanField(default=False)),
                        ("letters", models.PositiveIntegerField()),
                        ("once", models.UUIDField(unique=True)),
                        ("planned_at", models.DateTimeField()),
                        ("sent_on", models.DateField(blank=True, null=True)),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="waves", to="process.stage"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [models.UniqueConstraint(fields=("stage", "number"), name="wave_number_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Letter",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("place", models.PositiveIntegerField()),
                        (
                            "bundle",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="letters", to="lottery.bundle"
                            ),
                        ),
                        (
                            "invitee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="letters",
                                to="lottery.invitee",
                            ),
                        ),
                        (
                            "wave",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="lottery.wave"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["place"],
                        "constraints": [models.UniqueConstraint(fields=("wave", "invitee"), name="one_letter_a_wave")],
                    },
                ),
            ],
        ),
    ]
