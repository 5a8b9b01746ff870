"""An end that was noted before this was kept counts as known from the start, as it did until now."""

from django.db import migrations, models


def know_the_ends(apps, schema_editor):
    ended = apps.get_model("people", "Affiliation").objects.exclude(until=None)
    ended.update(end_recorded_at=models.F("recorded_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_former_names"),
    ]

    operations = [
        migrations.AddField(
            model_name="affiliation",
            name="end_recorded_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(know_the_ends, migrations.RunPython.noop),
    ]
