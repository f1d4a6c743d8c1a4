import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("lottery", "0003_recruitment"),
        ("people", "0003_openings_and_keeping"),
        ("process", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Partner",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("seats", models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)])),
                ("link_key", models.CharField(max_length=32)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "stage",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="partners", to="process.stage"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [models.UniqueConstraint(fields=("stage", "name"), name="partner_name_once")],
            },
        ),
        migrations.AddField(
            model_name="invitation",
            name="partner_share",
            field=models.FloatField(
                default=0.1,
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(0.5)],
            ),
        ),
        migrations.AddField(
            model_name="invitee",
            name="invited_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="invitee",
            name="returned_as",
            field=models.CharField(
                blank=True,
                choices=[
                    ("moved", "moved"),
                    ("unknown", "unknown at this address"),
                    ("died", "died"),
                    ("refused", "not taken in"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="invitee",
            name="returned_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="invitee",
            name="frame",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitees",
                to="lottery.frame",
            ),
        ),
        migrations.AlterField(
            model_name="invitee",
            name="row",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="invitee",
            name="partner",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="nominees",
                to="lottery.partner",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitee",
            constraint=models.UniqueConstraint(fields=("partner", "order"), name="nominated_once_a_number"),
        ),
        migrations.AddConstraint(
            model_name="invitee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("frame__isnull", False),
                        ("partner__isnull", True),
                        models.Q(("origin", "partner"), _negated=True),
                    ),
                    models.Q(("frame__isnull", True), ("origin", "partner"), ("partner__isnull", False)),
                    _connector="OR",
                ),
                name="drawn_or_nominated",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitee",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("returned_as", ""), ("returned_at__isnull", True)),
                    models.Q(("returned_at__isnull", False), models.Q(("returned_as", ""), _negated=True)),
                    _connector="OR",
                ),
                name="returned_for_a_reason",
            ),
        ),
    ]
