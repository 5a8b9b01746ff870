"""The dates that each version was signed with, as columns: lists ask for those that have expired."""

import json
from datetime import datetime

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

TABLE = "credentials_credentialversion"


def read_dates(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Copy the dates out of what was signed. The guard of the table is put back after every migrate."""
    of = f' ON "{TABLE}"' if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f'DROP TRIGGER IF EXISTS "{TABLE}_no_update"{of}')
    versions = apps.get_model("credentials", "CredentialVersion").objects
    for pk, text in versions.values_list("pk", "document").iterator():
        document = json.loads(text)
        end = document.get("validUntil")
        versions.filter(pk=pk).update(
            valid_from=datetime.fromisoformat(document["validFrom"]),
            valid_until=datetime.fromisoformat(end) if end else None,
        )


class Migration(migrations.Migration):
    dependencies = [("credentials", "0009_tokens")]

    operations = [
        migrations.AddField("credentialversion", "valid_from", models.DateTimeField(null=True)),
        migrations.AddField("credentialversion", "valid_until", models.DateTimeField(null=True)),
        migrations.RunPython(read_dates, migrations.RunPython.noop),
        migrations.AlterField("credentialversion", "valid_from", models.DateTimeField()),
    ]
