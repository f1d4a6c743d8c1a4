import uuid

import django.core.validators
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
                    name="Idea",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField()),
                        ("speech", models.UUIDField(blank=True, db_index=True, null=True)),
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
                        ("place", models.CharField(blank=True, max_length=60)),
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
                            "state",
                            models.CharField(
                                choices=[("shown", "shown"), ("held", "waiting to be read"), ("hidden", "hidden")],
                                default="shown",
                                max_length=10,
                            ),
                        ),
                        ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("once", models.UUIDField()),
                        ("digest", models.CharField(max_length=64)),
                        ("source", models.CharField(blank=True, max_length=80)),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="ideas", to="process.stage"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "indexes": [models.Index(fields=["stage", "state", "number"], name="idea_by_state")],
                        "constraints": [
                            models.UniqueConstraint(fields=("stage", "number"), name="idea_number_once"),
                            models.UniqueConstraint(fields=("stage", "once"), name="idea_form_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("speech__isnull", False)),
                                fields=("stage", "speech", "digest"),
                                name="same_words_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("source", ""), _negated=True),
                                fields=("stage", "source"),
                                name="idea_source_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IdeaText",
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
                                to="consultation.idea",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "name", "language"), name="consultation_ideatext_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Moderation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "decision",
                            models.CharField(
                                choices=[
                                    ("pass", "read and left as it is"),
                                    ("hide", "hidden"),
                                    ("restore", "shown again"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("insult", "It insults or threatens somebody."),
                                    ("hate", "It stirs up hate against a group of people."),
                                    ("personal_data", "It names a private person or gives an address, mail or phone."),
                                    ("unlawful", "It breaks the law."),
                                    ("advertising", "It is an advertisement."),
                                    ("unreadable", "It holds no words that can be understood."),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("account", models.UUIDField(blank=True, null=True)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("organiser", "Organiser"),
                                    ("moderator", "Moderator"),
                                    ("theme_team", "Theme team"),
                                    ("facilitator", "Facilitator"),
                                    ("reply_desk", "Reply desk"),
                                    ("panel_member", "Panel member"),
                                    ("addressee", "Addressee"),
                                    ("observer", "Observer"),
                                    ("press", "Press"),
                                    ("data_protection", "Data protection officer"),
                                    ("guest", "Guest"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("appealed_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        ("answered_by", models.UUIDField(blank=True, null=True)),
                        (
                            "idea",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="moderations",
                                to="consultation.idea",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "hide"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="hiding_has_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("answered_at__isnull", True), ("appealed_at__isnull", False), _connector="OR"
                                ),
                                name="answer_needs_an_appeal",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ModerationText",
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
                                to="consultation.moderation",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "name", "language"), name="consultation_moderationtext_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Placement",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "not_taken",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("alone", "It stands alone: no other idea is about this."),
                                    ("unclear", "We could not tell what it asks for."),
                                    ("too_local", "It is about one street or one case, and goes to the town."),
                                    ("about_us", "It is about this process itself, and goes to the organisers."),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("is_from_suggestion", models.BooleanField(default=False)),
                        ("put_by", models.UUIDField(blank=True, null=True)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("organiser", "Organiser"),
                                    ("moderator", "Moderator"),
                                    ("theme_team", "Theme team"),
                                    ("facilitator", "Facilitator"),
                                    ("reply_desk", "Reply desk"),
                                    ("panel_member", "Panel member"),
                                    ("addressee", "Addressee"),
                                    ("observer", "Observer"),
                                    ("press", "Press"),
                                    ("data_protection", "Data protection officer"),
                                    ("guest", "Guest"),
                                ],
                                default="theme_team",
                                max_length=20,
                            ),
                        ),
                        ("put_at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("confirmed_by", models.UUIDField(blank=True, null=True)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "idea",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="placements",
                                to="consultation.idea",
                            ),
                        ),
                        (
                            "same_as",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="doubles",
                                to="consultation.idea",
                            ),
                        ),
                        (
                            "theme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="placements",
                                to="consultation.theme",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["put_at", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("idea",),
                                name="one_standing_place",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("not_taken", ""), ("theme__isnull", False)),
                                    models.Q(("theme__isnull", True), models.Q(("not_taken", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="under_a_theme_or_not_taken",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", True),
                                    models.Q(("confirmed_by", models.F("put_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="second_reader_is_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("same_as__isnull", True),
                                    models.Q(("same_as", models.F("idea")), _negated=True),
                                    _connector="OR",
                                ),
                                name="not_same_as_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PlacementText",
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
                                to="consultation.placement",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "name", "language"), name="consultation_placementtext_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rating",
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
                                max_length=20,
                            ),
                        ),
                        ("rated_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "idea",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ratings",
                                to="consultation.idea",
                            ),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="ratings", to="process.stage"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["stage", "rater"], name="ratings_of_rater")],
                        "constraints": [
                            models.UniqueConstraint(fields=("idea", "rater"), name="one_rating_per_rater"),
                            models.CheckConstraint(
                                condition=models.Q(("value__in", [-1, 0, 1])), name="rating_is_one_of_three"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Setup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ideas_until", models.DateTimeField(blank=True, null=True)),
                        ("ratings_until", models.DateTimeField(blank=True, null=True)),
                        (
                            "raters",
                            models.CharField(
                                choices=[("anyone", "everyone"), ("contributors", "people who sent in an idea")],
                                default="anyone",
                                max_length=20,
                            ),
                        ),
                        ("is_read_first", models.BooleanField(default=False)),
                        (
                            "most_per_hour",
                            models.PositiveSmallIntegerField(
                                default=30, validators=[django.core.validators.MinValueValidator(1)]
                            ),
                        ),
                        (
                            "most_choices",
                            models.PositiveSmallIntegerField(
                                default=3,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(25),
                                ],
                            ),
                        ),
                        (
                            "stage",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="consultation",
                                to="process.stage",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Theme",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("key", models.SlugField(max_length=60)),
                        ("order", models.PositiveSmallIntegerField()),
                        ("is_on_ballot", models.BooleanField(default=False)),
                        ("agenda_order", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "merged_into",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="merged_themes",
                                to="consultation.theme",
                            ),
                        ),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="themes", to="process.stage"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["order"],
                        "constraints": [
                            models.UniqueConstraint(fields=("stage", "key"), name="theme_key_once"),
                            models.UniqueConstraint(fields=("stage", "order"), name="theme_order_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("agenda_order__isnull", False)),
                                fields=("stage", "agenda_order"),
                                name="agenda_order_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("merged_into__isnull", True),
                                    models.Q(("merged_into", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="theme_not_into_itself",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ThemeText",
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
                                to="consultation.theme",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("owner", "name", "language"), name="consultation_themetext_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Arrivals",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("network", models.CharField(max_length=64)),
                        ("window", models.DateTimeField()),
                        ("ideas", models.PositiveIntegerField(default=0)),
                        (
                            "stage",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="arrivals", to="process.stage"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "arrivals",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("stage", "network", "window"), name="arrivals_once_per_window"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
