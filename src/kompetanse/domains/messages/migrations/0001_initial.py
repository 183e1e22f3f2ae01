# The messages were the courses' until they became a domain of their own. The table goes over as it stands, with what
# is in it: its keys, rules and indexes follow under their new name, and the walls stand on it as they did.

import django.db.models.deletion
from django.db import migrations, models

MOVE = """
    ALTER TABLE courses_message RENAME TO messages_message;
    ALTER SEQUENCE courses_message_id_seq RENAME TO messages_message_id_seq;
    DO $$
    DECLARE one record;
    BEGIN
        FOR one IN SELECT conname FROM pg_constraint WHERE conrelid = 'messages_message'::regclass
            AND conname LIKE 'courses\\_message\\_%'
        LOOP
            EXECUTE format('ALTER TABLE messages_message RENAME CONSTRAINT %I TO %I', one.conname,
                           'messages' || substr(one.conname, 8));
        END LOOP;
        FOR one IN SELECT indexname FROM pg_indexes WHERE tablename = 'messages_message'
            AND indexname LIKE 'courses\\_message\\_%'
        LOOP
            EXECUTE format('ALTER INDEX %I RENAME TO %I', one.indexname, 'messages' || substr(one.indexname, 8));
        END LOOP;
    END $$
"""
STATES = ["waiting", "sending", "sent", "failed", "kept"]


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("courses", "0002_sessions"),
        ("foundation", "0001_initial"),
        ("organisation", "0001_initial"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(MOVE, migrations.RunSQL.noop)],
            state_operations=[
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("cause", models.CharField(max_length=120)),
                        ("language", models.CharField(max_length=2)),
                        ("subject", models.CharField(max_length=200)),
                        ("body", models.TextField()),
                        ("address", models.CharField(blank=True, max_length=160)),
                        ("state", models.CharField(default="waiting", max_length=16)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("failure", models.CharField(blank=True, max_length=300)),
                        ("written_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("person", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.person")),
                        ("tenant", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="foundation.tenant")),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["tenant", "person", "-written_at"], name="message_by_person"),
                            models.Index(condition=models.Q(("state__in", ["waiting", "sending", "failed"])), fields=["tenant", "id"], name="message_not_sent"),
                        ],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("state__in", STATES)), name="message_state_is_known"),
                            models.UniqueConstraint(fields=("tenant", "cause", "person"), name="message_is_written_once"),
                        ],
                    },
                ),
            ],
        ),
    ]
