import django.db.models.deletion
import kompetanse.domains.messages.types
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0001_initial'),
        ('organisation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('cause', models.CharField(max_length=120)),
                ('language', models.CharField(max_length=2)),
                ('subject', models.CharField(max_length=200)),
                ('body', models.TextField()),
                ('address', models.CharField(blank=True, max_length=160)),
                ('state', models.CharField(default=kompetanse.domains.messages.types.MessageState['WAITING'], max_length=16)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('failure', models.CharField(blank=True, max_length=300)),
                ('written_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('kind', models.CharField(blank=True, max_length=60)),
                ('about', models.CharField(blank=True, max_length=60)),
                ('channel', models.CharField(default=kompetanse.domains.messages.types.Channel['EMAIL'], max_length=8)),
                ('next_try_at', models.DateTimeField(null=True)),
                ('claimed_at', models.DateTimeField(null=True)),
                ('calendar_uid', models.CharField(blank=True, max_length=200)),
                ('calendar_method', models.CharField(blank=True, max_length=8)),
                ('calendar', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'person', '-written_at'], name='message_by_person'), models.Index(condition=models.Q(('state__in', [kompetanse.domains.messages.types.MessageState['WAITING'], kompetanse.domains.messages.types.MessageState['SENDING'], kompetanse.domains.messages.types.MessageState['FAILED']])), fields=['tenant', 'id'], name='message_not_sent'), models.Index(condition=models.Q(('about', ''), _negated=True), fields=['tenant', 'about'], name='message_by_about'), models.Index(condition=models.Q(('calendar_uid', ''), _negated=True), fields=['tenant', 'calendar_uid'], name='message_by_entry')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', [kompetanse.domains.messages.types.MessageState['WAITING'], kompetanse.domains.messages.types.MessageState['SENDING'], kompetanse.domains.messages.types.MessageState['SENT'], kompetanse.domains.messages.types.MessageState['FAILED'], kompetanse.domains.messages.types.MessageState['BOUNCED'], kompetanse.domains.messages.types.MessageState['KEPT']])), name='message_state_is_known'), models.CheckConstraint(condition=models.Q(('channel__in', [kompetanse.domains.messages.types.Channel['EMAIL'], kompetanse.domains.messages.types.Channel['SMS'], kompetanse.domains.messages.types.Channel['HERE']])), name='message_channel_is_known'), models.UniqueConstraint(fields=('tenant', 'cause', 'person'), name='message_is_written_once'), models.CheckConstraint(condition=models.Q(models.Q(('calendar', ''), ('calendar_method', ''), ('calendar_uid', '')), models.Q(models.Q(('calendar', ''), _negated=True), models.Q(('calendar_uid', ''), _negated=True), ('calendar_method__in', [kompetanse.domains.messages.types.Method['REQUEST'], kompetanse.domains.messages.types.Method['CANCEL']])), _connector='OR'), name='message_calendar_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='LetterText',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('kind', models.CharField(max_length=60)),
                ('language', models.CharField(max_length=2)),
                ('subject', models.CharField(max_length=200)),
                ('body', models.TextField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'kind', 'language'), name='letter_text_is_told_once'), models.CheckConstraint(condition=models.Q(models.Q(('subject', ''), _negated=True), models.Q(('body', ''), _negated=True)), name='letter_text_says_something')],
            },
        ),
        migrations.CreateModel(
            name='ContactChoice',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('channel', models.CharField(max_length=8)),
                ('chosen_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'person'), name='contact_choice_is_one'), models.CheckConstraint(condition=models.Q(('channel__in', [kompetanse.domains.messages.types.Channel['EMAIL'], kompetanse.domains.messages.types.Channel['SMS'], kompetanse.domains.messages.types.Channel['HERE']])), name='contact_choice_is_known')],
            },
        ),
        migrations.CreateModel(
            name='FailingAddress',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('address', models.CharField(max_length=160)),
                ('why', models.CharField(max_length=300)),
                ('since', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'person', 'address'), name='failing_address_is_told_once'), models.CheckConstraint(condition=models.Q(('address', ''), _negated=True), name='failing_address_is_an_address')],
            },
        ),
        migrations.CreateModel(
            name='CalendarEntry',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('series', models.CharField(max_length=60)),
                ('key', models.CharField(max_length=60)),
                ('uid', models.CharField(max_length=200)),
                ('sequence', models.PositiveIntegerField(default=0)),
                ('title', models.CharField(max_length=200)),
                ('place', models.CharField(blank=True, max_length=300)),
                ('link', models.CharField(blank=True, max_length=300)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('is_cancelled', models.BooleanField(default=False)),
                ('told_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'person', 'starts_at'], name='calendar_entry_by_person')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'series', 'key', 'person'), name='calendar_entry_is_one'), models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='calendar_entry_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('secret_hash', models.CharField(max_length=64)),
                ('opened_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'person'), name='calendar_feed_is_one'), models.UniqueConstraint(fields=('tenant', 'secret_hash'), name='calendar_feed_is_found')],
            },
        ),
    ]
