"""Written requests about the registry, with the letter as evidence, in the place of a few words about it."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import cecto.foundation.keys


def keep_words(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What was noted in words stays as the name of who asked, without a letter, dated when it was noted."""
    listings = apps.get_model("credentials", "Listing").objects
    requests = apps.get_model("credentials", "WrittenRequest").objects

    def kept(words: str, noted_at: object, noted_by: str) -> object:
        day = noted_at.date()  # type: ignore[attr-defined]
        return requests.create(asked_by=words, asked_on=day, recorded_at=noted_at, recorded_by=noted_by)

    for row in listings.all():
        if row.began_on_words:
            row.request = kept(row.began_on_words, row.start, row.started_by)
        if row.ended_on_words and row.until:
            row.ended_request = kept(row.ended_on_words, row.until, row.ended_by)
        row.save(update_fields=["request", "ended_request"])


def _request(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to="credentials.writtenrequest",
    )


class Migration(migrations.Migration):
    dependencies = [("credentials", "0010_dates_of_versions")]

    operations = [
        migrations.CreateModel(
            name="WrittenRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(default=cecto.foundation.keys.new_key, max_length=22, unique=True),
                ),
                ("asked_by", models.CharField(max_length=300)),
                ("asked_on", models.DateField()),
                ("letter_sha256", models.CharField(blank=True, max_length=64)),
                ("letter_name", models.CharField(blank=True, max_length=300)),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=40)),
            ],
            options={"ordering": ["recorded_at", "id"]},
        ),
        migrations.RenameField("listing", "request", "began_on_words"),
        migrations.RenameField("listing", "ended_on_request", "ended_on_words"),
        migrations.AddField("listing", "request", _request("began")),
        migrations.AddField("listing", "ended_request", _request("ended")),
        migrations.RunPython(keep_words, migrations.RunPython.noop),
        migrations.RemoveField("listing", "began_on_words"),
        migrations.RemoveField("listing", "ended_on_words"),
    ]
