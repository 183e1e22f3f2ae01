import django.db.models.constraints
import django.db.models.deletion
import kompetanse.domains.governance.types
import kompetanse.domains.governance.types.polls
import kompetanse.domains.governance.types.procedure
import kompetanse.domains.governance.types.sending
import kompetanse.foundation.tenancy
import kompetanse.foundation.uploads
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0001_initial'),
        ('organisation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('body', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.body')),
                ('held_on', models.DateField()),
                ('starts_at', models.TimeField(null=True)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('notice', models.TextField(blank=True)),
                ('papers_due', models.DateField(null=True)),
                ('ends_at', models.TimeField(null=True)),
                ('short_notice', models.CharField(blank=True, max_length=400)),
                ('also_present', models.TextField(blank=True)),
                ('status', models.CharField(choices=[('planned', 'planned'), ('held', 'held'), ('approved', 'approved')], default=kompetanse.domains.governance.types.MeetingStatus['PLANNED'], max_length=12)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'body', '-held_on'], name='meeting_by_body')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', [kompetanse.domains.governance.types.MeetingStatus['PLANNED'], kompetanse.domains.governance.types.MeetingStatus['HELD'], kompetanse.domains.governance.types.MeetingStatus['APPROVED']])), name='meeting_status_is_known'), models.CheckConstraint(condition=models.Q(('papers_due', None), ('papers_due__lte', models.F('held_on')), _connector='OR'), name='papers_are_due_before_the_meeting')],
            },
        ),
        migrations.CreateModel(
            name='CaseCounter',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('body', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.body')),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'body', 'year'), name='counter_is_one_a_body_and_year')],
            },
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('title_nb', models.CharField(max_length=200)),
                ('title_nn', models.CharField(blank=True, max_length=200)),
                ('decision_reference', models.CharField(max_length=120)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='goal_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Frame',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('year', models.PositiveSmallIntegerField()),
                ('limit_ore', models.BigIntegerField()),
                ('decision_reference', models.CharField(max_length=120)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'year'), name='frame_is_one_a_year'), models.CheckConstraint(condition=models.Q(('limit_ore__gte', 0)), name='frame_is_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('body', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.body')),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('presenter', models.CharField(blank=True, max_length=120)),
                ('proposal', models.TextField(blank=True)),
                ('status', models.CharField(choices=[('open', 'open'), ('decided', 'decided'), ('withdrawn', 'withdrawn')], default=kompetanse.domains.governance.types.CaseStatus['OPEN'], max_length=12)),
                ('meeting', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.meeting')),
                ('agenda_position', models.PositiveSmallIntegerField(null=True)),
                ('decision_text', models.TextField(blank=True)),
                ('union_view', models.TextField(blank=True)),
                ('dissent', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('withdrawn_why', models.CharField(blank=True, max_length=400)),
                ('discussion', models.TextField(blank=True)),
                ('draft_decision', models.TextField(blank=True)),
                ('sent_from', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.case')),
                ('approves', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.meeting')),
                ('legal_ground', models.CharField(blank=True, max_length=120)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'meeting'], name='case_by_meeting')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'body', 'year', 'number'), name='case_number_is_drawn_once'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('tenant', 'meeting', 'agenda_position'), name='agenda_position_is_held_once'), models.UniqueConstraint(fields=('tenant', 'sent_from', 'body'), name='case_is_sent_on_once'), models.UniqueConstraint(condition=models.Q(('approves__isnull', False), models.Q(('status', kompetanse.domains.governance.types.CaseStatus['WITHDRAWN']), _negated=True)), fields=('tenant', 'approves'), name='minutes_are_approved_once'), models.CheckConstraint(condition=models.Q(('status__in', [kompetanse.domains.governance.types.CaseStatus['OPEN'], kompetanse.domains.governance.types.CaseStatus['DECIDED'], kompetanse.domains.governance.types.CaseStatus['WITHDRAWN']])), name='case_status_is_known'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='case_numbers_start_at_one'), models.CheckConstraint(condition=models.Q(models.Q(('agenda_position', None), ('meeting', None)), models.Q(('agenda_position__isnull', False), ('meeting__isnull', False)), _connector='OR'), name='case_has_a_place_on_its_agenda'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', False), ('meeting__isnull', False), ('status', kompetanse.domains.governance.types.CaseStatus['DECIDED']), models.Q(('decision_text', ''), _negated=True)), models.Q(models.Q(('status', kompetanse.domains.governance.types.CaseStatus['DECIDED']), _negated=True), ('decided_at', None), ('decision_text', '')), _connector='OR'), name='case_is_decided_by_a_meeting')],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('meeting', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.meeting')),
                ('seat', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.seat')),
                ('is_present', models.BooleanField()),
                ('deputy', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.seat')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'meeting', 'seat'), name='presence_is_noted_once'), models.UniqueConstraint(fields=('tenant', 'meeting', 'deputy'), name='deputy_sits_in_one_place'), models.CheckConstraint(condition=models.Q(('deputy', None), ('is_present', False), _connector='OR'), name='deputy_sits_for_the_absent')],
            },
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('meeting', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.meeting')),
                ('content', models.JSONField()),
                ('written_at', models.DateTimeField()),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'meeting'), name='minutes_are_written_once')],
            },
        ),
        migrations.CreateModel(
            name='RoundText',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('meeting', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.meeting')),
                ('seat', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.seat')),
                ('text', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'meeting', 'seat'), name='round_text_is_one_a_seat')],
            },
        ),
        migrations.CreateModel(
            name='Poll',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('body', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.body')),
                ('place', models.CharField(blank=True, max_length=120)),
                ('note', models.TextField(blank=True)),
                ('answers_due', models.DateField()),
                ('status', models.CharField(choices=[('open', 'open'), ('chosen', 'chosen'), ('dropped', 'dropped')], default=kompetanse.domains.governance.types.polls.PollStatus['OPEN'], max_length=12)),
                ('meeting', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.meeting')),
                ('opened_at', models.DateTimeField()),
                ('is_reminded', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'body'], name='poll_by_body')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', [kompetanse.domains.governance.types.polls.PollStatus['OPEN'], kompetanse.domains.governance.types.polls.PollStatus['CHOSEN'], kompetanse.domains.governance.types.polls.PollStatus['DROPPED']])), name='poll_status_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('meeting__isnull', False), ('status', kompetanse.domains.governance.types.polls.PollStatus['CHOSEN'])), models.Q(models.Q(('status', kompetanse.domains.governance.types.polls.PollStatus['CHOSEN']), _negated=True), ('meeting', None)), _connector='OR'), name='poll_is_chosen_with_a_meeting')],
            },
        ),
        migrations.CreateModel(
            name='CaseView',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('case', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.case')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('name', models.CharField(max_length=160)),
                ('represents', models.CharField(blank=True, max_length=120)),
                ('kind', models.CharField(choices=[('union', 'union'), ('member', 'member')], max_length=8)),
                ('text', models.TextField()),
                ('stated_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'case'], name='view_by_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', [kompetanse.domains.governance.types.ViewKind['UNION'], kompetanse.domains.governance.types.ViewKind['MEMBER']])), name='view_kind_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('body', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.body')),
                ('case', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.case')),
                ('what', models.CharField(max_length=400)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('owner_name', models.CharField(max_length=160)),
                ('due_on', models.DateField()),
                ('given_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('outcome', models.TextField(blank=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('reminded', models.CharField(blank=True, choices=[('given', 'given'), ('near', 'near'), ('late', 'late')], max_length=8)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['tenant', 'due_on'], name='task_open_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('outcome', '')), models.Q(('done_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='task_is_done_with_an_outcome'), models.CheckConstraint(condition=models.Q(('reminded', ''), ('reminded__in', [kompetanse.domains.governance.types.procedure.TaskOccasion['GIVEN'], kompetanse.domains.governance.types.procedure.TaskOccasion['NEAR'], kompetanse.domains.governance.types.procedure.TaskOccasion['LATE']]), _connector='OR'), name='task_reminder_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Hearing',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('case', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.case')),
                ('question', models.TextField()),
                ('due_on', models.DateField()),
                ('opened_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'case'), name='case_is_heard_once')],
            },
        ),
        migrations.CreateModel(
            name='CaseDocument',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('case', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.case')),
                ('number', models.PositiveSmallIntegerField()),
                ('title', models.CharField(max_length=200)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('kind', models.CharField(blank=True, choices=[('pdf', 'pdf'), ('jpeg', 'jpeg'), ('png', 'png')], max_length=4)),
                ('size', models.PositiveIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('content', models.BinaryField(null=True)),
                ('legal_ground', models.CharField(blank=True, max_length=120)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'case', 'number'), name='enclosure_number_is_held_once'), models.CheckConstraint(condition=models.Q(models.Q(('content', None), ('kind', ''), ('size', 0)), models.Q(('content__isnull', False), ('kind__in', [kompetanse.foundation.uploads.DocumentKind['PDF'], kompetanse.foundation.uploads.DocumentKind['JPEG'], kompetanse.foundation.uploads.DocumentKind['PNG']]), ('size__gt', 0)), _connector='OR'), name='enclosure_has_come_or_not')],
            },
        ),
        migrations.CreateModel(
            name='EarlierTreatment',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('case', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.case')),
                ('earlier', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.case')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'case', 'earlier'), name='earlier_treatment_is_named_once'), models.CheckConstraint(condition=models.Q(('case', models.F('earlier')), _negated=True), name='case_is_not_before_itself')],
            },
        ),
        migrations.CreateModel(
            name='PollDate',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('poll', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.poll')),
                ('held_on', models.DateField()),
                ('starts_at', models.TimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'poll', 'held_on', 'starts_at'), name='day_is_proposed_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Forwarding',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('case', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.case')),
                ('to_region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.region')),
                ('note', models.TextField(blank=True)),
                ('content', models.JSONField()),
                ('sent_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'case', 'to_region'), name='case_is_forwarded_once_to_a_region')],
            },
        ),
        migrations.CreateModel(
            name='Incoming',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('from_region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.region')),
                ('forwarding_number', models.BigIntegerField()),
                ('content', models.JSONField()),
                ('note', models.TextField(blank=True)),
                ('came_at', models.DateTimeField()),
                ('status', models.CharField(choices=[('waiting', 'waiting'), ('taken_up', 'taken_up'), ('declined', 'declined')], default=kompetanse.domains.governance.types.sending.IncomingStatus['WAITING'], max_length=12)),
                ('case', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.case')),
                ('declined_why', models.CharField(blank=True, max_length=400)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'case'], name='incoming_by_case')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'from_region', 'forwarding_number'), name='case_comes_in_once'), models.CheckConstraint(condition=models.Q(('status__in', [kompetanse.domains.governance.types.sending.IncomingStatus['WAITING'], kompetanse.domains.governance.types.sending.IncomingStatus['TAKEN_UP'], kompetanse.domains.governance.types.sending.IncomingStatus['DECLINED']])), name='incoming_status_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('case', None), ('declined_why', ''), ('status', kompetanse.domains.governance.types.sending.IncomingStatus['WAITING'])), models.Q(('case__isnull', False), ('declined_why', ''), ('status', kompetanse.domains.governance.types.sending.IncomingStatus['TAKEN_UP'])), models.Q(('case', None), ('status', kompetanse.domains.governance.types.sending.IncomingStatus['DECLINED']), models.Q(('declined_why', ''), _negated=True)), _connector='OR'), name='incoming_says_what_became_of_it')],
            },
        ),
        migrations.CreateModel(
            name='CaseAbsence',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('case', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.case')),
                ('seat', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.seat')),
                ('kind', models.CharField(choices=[('away', 'away'), ('partial', 'partial')], max_length=12)),
                ('why', models.CharField(blank=True, max_length=400)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'case', 'seat'), name='case_absence_is_noted_once'), models.CheckConstraint(condition=models.Q(('kind__in', [kompetanse.domains.governance.types.procedure.AbsenceKind['AWAY'], kompetanse.domains.governance.types.procedure.AbsenceKind['PARTIAL']])), name='absence_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind', kompetanse.domains.governance.types.procedure.AbsenceKind['PARTIAL']), _negated=True), models.Q(('why', ''), _negated=True), _connector='OR'), name='partiality_has_its_ground')],
            },
        ),
        migrations.CreateModel(
            name='Ballot',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('case', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.case')),
                ('meeting', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.meeting')),
                ('question', models.TextField()),
                ('rule', models.CharField(max_length=12)),
                ('entitled', models.JSONField()),
                ('status', models.CharField(choices=[('open', 'open'), ('closed', 'closed')], default=kompetanse.domains.governance.types.procedure.BallotStatus['OPEN'], max_length=8)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('in_favour', models.PositiveIntegerField(default=0)),
                ('against', models.PositiveIntegerField(default=0)),
                ('blank', models.PositiveIntegerField(default=0)),
                ('carried', models.BooleanField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', [kompetanse.domains.governance.types.procedure.BallotStatus['OPEN'], kompetanse.domains.governance.types.procedure.BallotStatus['CLOSED']])), name='ballot_status_is_known'), models.UniqueConstraint(condition=models.Q(('status', kompetanse.domains.governance.types.procedure.BallotStatus['OPEN'])), fields=('tenant', 'case'), name='case_has_one_open_ballot'), models.CheckConstraint(condition=models.Q(models.Q(('carried', None), ('closed_at', None), ('status', kompetanse.domains.governance.types.procedure.BallotStatus['OPEN'])), models.Q(('carried__isnull', False), ('closed_at__isnull', False), ('status', kompetanse.domains.governance.types.procedure.BallotStatus['CLOSED'])), _connector='OR'), name='closed_ballot_has_its_result')],
            },
        ),
        migrations.CreateModel(
            name='HearingAnswer',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('hearing', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.hearing')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.municipality')),
                ('unit', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', tenant_field='municipality', to='organisation.unit')),
                ('place', models.CharField(max_length=200)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('name', models.CharField(max_length=160)),
                ('text', models.TextField()),
                ('answered_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'hearing'], name='answer_by_hearing')],
            },
        ),
        migrations.CreateModel(
            name='PollAnswer',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('date', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.polldate')),
                ('seat', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.seat')),
                ('choice', models.CharField(choices=[('can', 'can'), ('if_needed', 'if_needed'), ('cannot', 'cannot')], max_length=12)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('choice__in', [kompetanse.domains.governance.types.polls.PollChoice['CAN'], kompetanse.domains.governance.types.polls.PollChoice['IF_NEEDED'], kompetanse.domains.governance.types.polls.PollChoice['CANNOT']])), name='poll_choice_is_known'), models.UniqueConstraint(fields=('tenant', 'date', 'seat'), name='seat_answers_a_day_once')],
            },
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('ballot', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.ballot')),
                ('seat', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.seat')),
                ('cast_by', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.seat')),
                ('choice', models.CharField(choices=[('for', 'for'), ('against', 'against'), ('blank', 'blank')], max_length=8)),
                ('weight', models.PositiveSmallIntegerField()),
                ('cast_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'ballot', 'seat'), name='seat_votes_once'), models.CheckConstraint(condition=models.Q(('choice__in', [kompetanse.domains.governance.types.procedure.VoteChoice['FOR'], kompetanse.domains.governance.types.procedure.VoteChoice['AGAINST'], kompetanse.domains.governance.types.procedure.VoteChoice['BLANK']])), name='vote_choice_is_known'), models.CheckConstraint(condition=models.Q(('weight__gte', 1)), name='vote_has_weight')],
            },
        ),
    ]
