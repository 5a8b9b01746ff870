import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone


def note_those_before(apps, schema_editor):
    """Versions that are here already may have been given out before hashes of files were kept."""
    last = apps.get_model("credentials", "CredentialVersion").objects.order_by("-pk").first()
    if last:
        unkept = apps.get_model("credentials", "Unkept")
        unkept.objects.create(last_version=last, reason="upgrade", noted_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ("credentials", "0014_restores_and_reviews"),
    ]

    operations = [
        migrations.CreateModel(
            name="Unkept",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=10)),
                ("noted_at", models.DateTimeField()),
                ("last_version", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="credentials.credentialversion")),
            ],
        ),
        migrations.RunPython(note_those_before, migrations.RunPython.noop),
    ]
