"""An address is remembered only together with the name it came with: what was remembered of an address alone goes.

The next report asks about it once more.
"""

from __future__ import annotations

from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget_bare_addresses(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("attendance", "Alias").objects.filter(name="").delete()


class Migration(migrations.Migration):
    dependencies: ClassVar = [("attendance", "0012_withdrawn_reports")]

    operations: ClassVar = [migrations.RunPython(forget_bare_addresses, migrations.RunPython.noop)]
