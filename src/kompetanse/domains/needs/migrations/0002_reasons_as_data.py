from __future__ import annotations

from django.db import migrations, models

# A reason written before stands as one sentence of its own, in the words it had.
TO_DATA = """
    ALTER TABLE needs_pool ALTER COLUMN reason TYPE jsonb USING CASE WHEN reason = '' THEN '[]'::jsonb
        ELSE jsonb_build_array(jsonb_build_object('sentence', reason, 'params', '{}'::jsonb)) END
"""
TO_TEXT = """
    ALTER TABLE needs_pool ALTER COLUMN reason TYPE text USING reason::text
"""


class Migration(migrations.Migration):
    dependencies = [("needs", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(TO_DATA, TO_TEXT)],
            [migrations.AlterField("pool", "reason", models.JSONField(default=list))],
        )
    ]
