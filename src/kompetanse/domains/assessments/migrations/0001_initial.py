import django.contrib.postgres.fields
import django.db.models.deletion
import kompetanse.domains.assessments.types
import kompetanse.foundation.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('competence', '0001_initial'),
        ('foundation', '0001_initial'),
        ('organisation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='WantedRange',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.requirement')),
                ('lowest', models.PositiveSmallIntegerField()),
                ('highest', models.PositiveSmallIntegerField()),
                ('for_all', models.BooleanField(default=False)),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('set_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'requirement'), name='range_is_set_once'), models.CheckConstraint(condition=models.Q(('highest__gte', models.F('lowest')), ('highest__lte', 4), ('lowest__gte', 1)), name='range_is_within_levels')],
            },
        ),
        migrations.CreateModel(
            name='CriticalMark',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.requirement')),
                ('reason', models.CharField(max_length=300)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('for_all', models.BooleanField(default=False)),
                ('marked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('marked_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='critical_says_why'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='critical_ends_after_start'), models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('tenant', 'requirement'), name='critical_is_marked_once')],
            },
        ),
        migrations.CreateModel(
            name='ExpertMandate',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.requirement')),
                ('expert', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('given_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('given_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='mandate_ends_after_start'), models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('tenant', 'requirement', 'expert'), name='mandate_is_given_once')],
            },
        ),
        migrations.CreateModel(
            name='Campaign',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('title_nb', models.CharField(max_length=160)),
                ('title_nn', models.CharField(max_length=160)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('status', models.CharField(default=kompetanse.domains.assessments.types.CampaignStatus['DRAFT'], max_length=8)),
                ('asks_self', models.BooleanField(default=True)),
                ('asks_manager', models.BooleanField(default=True)),
                ('units', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('sectors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, size=None)),
                ('titles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=160), default=list, size=None)),
                ('requirements', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('letter_nb', models.CharField(blank=True, max_length=1000)),
                ('letter_nn', models.CharField(blank=True, max_length=1000)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('opened_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'status', '-starts_on'], name='campaign_by_status')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', [kompetanse.domains.assessments.types.CampaignStatus['DRAFT'], kompetanse.domains.assessments.types.CampaignStatus['OPEN'], kompetanse.domains.assessments.types.CampaignStatus['CLOSED']])), name='campaign_status_is_known'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='campaign_ends_after_start'), models.CheckConstraint(condition=models.Q(('asks_self', True), ('asks_manager', True), _connector='OR'), name='campaign_asks_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('campaign', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.campaign')),
                ('employee', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee')),
                ('unit', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('manager', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee')),
                ('requirements', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('asked_at', models.DateTimeField()),
                ('self_begun_at', models.DateTimeField(null=True)),
                ('self_done_at', models.DateTimeField(null=True)),
                ('through', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee')),
                ('manager_begun_at', models.DateTimeField(null=True)),
                ('manager_done_at', models.DateTimeField(null=True)),
                ('reminders', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('excused_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'employee'], name='participant_by_employee'), models.Index(condition=models.Q(('manager_done_at', None)), fields=['tenant', 'manager'], name='participant_to_rate')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'campaign', 'employee'), name='participant_is_asked_once'), models.CheckConstraint(condition=models.Q(models.Q(('self_done_at', None), ('self_begun_at__isnull', False), _connector='OR'), models.Q(('manager_done_at', None), ('manager_begun_at__isnull', False), _connector='OR')), name='participant_begins_before_done')],
            },
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('employee', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee')),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.requirement')),
                ('kind', models.CharField(max_length=8)),
                ('level', models.PositiveSmallIntegerField()),
                ('comment', models.CharField(blank=True, max_length=200)),
                ('rater', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee')),
                ('through', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee')),
                ('campaign', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.campaign')),
                ('rated_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'employee', 'requirement', 'kind', '-rated_at', '-id'], name='rating_standing'), models.Index(fields=['tenant', 'campaign'], name='rating_by_campaign')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', [kompetanse.domains.assessments.types.RaterKind['SELF'], kompetanse.domains.assessments.types.RaterKind['MANAGER'], kompetanse.domains.assessments.types.RaterKind['PEER'], kompetanse.domains.assessments.types.RaterKind['EXPERT']])), name='rating_kind_is_known'), models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 4)), name='rating_is_within_levels'), models.CheckConstraint(condition=models.Q(models.Q(('kind', kompetanse.domains.assessments.types.RaterKind['SELF']), ('rater', models.F('employee'))), models.Q(models.Q(('kind', kompetanse.domains.assessments.types.RaterKind['SELF']), _negated=True), models.Q(('rater', models.F('employee')), _negated=True), ('through', None)), _connector='OR'), name='rating_self_is_ones_own')],
            },
        ),
        migrations.CreateModel(
            name='PeerInvitation',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('employee', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee')),
                ('peer', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee')),
                ('campaign', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.campaign')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('invited_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'peer'], name='invitation_by_peer')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'employee', 'peer', 'campaign'), name='peer_is_invited_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('employee', models.F('peer')), _negated=True), name='peer_is_another')],
            },
        ),
        migrations.CreateModel(
            name='SnapshotRow',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('campaign', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.campaign')),
                ('employee', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee')),
                ('unit', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.requirement')),
                ('kind', models.CharField(max_length=8)),
                ('level', models.PositiveSmallIntegerField()),
                ('lowest', models.PositiveSmallIntegerField(null=True)),
                ('highest', models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'campaign', 'employee', 'requirement', 'kind'), name='snapshot_row_is_one')],
            },
        ),
        migrations.CreateModel(
            name='SnapshotSum',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('campaign', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assessments.campaign')),
                ('unit', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.requirement')),
                ('kind', models.CharField(max_length=8)),
                ('counts', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), size=4)),
                ('below', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'campaign', 'unit', 'requirement', 'kind'), name='snapshot_sum_is_one')],
            },
        ),
    ]
