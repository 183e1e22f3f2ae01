# The table has gone over to the messages (see their 0001): only what is known of it here goes.

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('courses', '0006_seats'),
        ('messages', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name='Message')]),
    ]
