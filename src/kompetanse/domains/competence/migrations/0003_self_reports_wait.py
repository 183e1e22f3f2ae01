from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("competence", "0002_competence_at_scale"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="evidence",
            index=models.Index(
                condition=models.Q(("source", "self"), ("verified_by", ""), ("void", False)),
                fields=["tenant", "employee"],
                name="evidence_waiting",
            ),
        ),
    ]
