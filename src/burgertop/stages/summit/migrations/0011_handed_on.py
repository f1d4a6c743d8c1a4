from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("summit", "0010_not_before"),
    ]

    operations = [
        migrations.AddField(
            model_name="device",
            name="is_handed_on",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="device",
            name="told_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=Q(is_handed_on=False) | Q(revoked_at__isnull=False), name="handed_on_is_ended"
            ),
        ),
    ]
