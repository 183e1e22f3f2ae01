import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import kompetanse.domains.organisation.models.fields
import kompetanse.domains.organisation.types
import kompetanse.foundation.tenancy
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Region',
            fields=[
                ('tenant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='foundation.tenant')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('level', models.CharField(choices=[('regional', 'regional'), ('interregional', 'interregional'), ('national', 'national')], max_length=20)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.region')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('level__in', [kompetanse.domains.organisation.types.Level['REGIONAL'], kompetanse.domains.organisation.types.Level['INTERREGIONAL'], kompetanse.domains.organisation.types.Level['NATIONAL']])), name='region_level_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Municipality',
            fields=[
                ('tenant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='foundation.tenant')),
                ('number', models.CharField(max_length=4, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('county', models.CharField(blank=True, max_length=40)),
                ('population', models.PositiveIntegerField(null=True)),
                ('centre', models.CharField(blank=True, max_length=60)),
                ('latitude', models.FloatField(null=True)),
                ('longitude', models.FloatField(null=True)),
                ('written_form', models.CharField(choices=[('nb', 'nb'), ('nn', 'nn'), ('neutral', 'neutral')], default=kompetanse.domains.organisation.types.WrittenForm['NEUTRAL'], max_length=8)),
                ('written_form_verified', models.CharField(default='U', max_length=1)),
                ('organisation_number', models.CharField(blank=True, default='', max_length=9)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('organisation_number__regex', '^([1-9][0-9]{8})?$')), name='municipality_organisation_number_has_nine_digits'), models.CheckConstraint(condition=models.Q(('number__regex', '^[0-9]{4}$')), name='municipality_number_has_four_digits')],
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('code', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=160)),
                ('parent', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('path', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('name_words', kompetanse.domains.organisation.models.fields.NameWords(base_field=models.CharField(max_length=160), default=list, size=None)),
                ('sector', models.CharField(blank=True, max_length=80)),
                ('sector_key', kompetanse.domains.organisation.models.fields.TextKey(blank=True, max_length=160, of='sector')),
                ('written_form', models.CharField(blank=True, max_length=8)),
                ('leader_number', models.CharField(blank=True, max_length=40)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('left_register_on', models.DateField(null=True)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['path'], name='unit_path')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('tenant', 'code'), name='unit_code_names_one_unit')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('identity_hash', models.CharField(max_length=64, null=True, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('name_nb', models.CharField(max_length=120)),
                ('name_nn', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('executive_committee', 'executive_committee'), ('competence_forum', 'competence_forum'), ('subject_network', 'subject_network'), ('competence_office', 'competence_office'), ('interregional_arena', 'interregional_arena'), ('steering_group', 'steering_group')], max_length=32)),
                ('quorum', models.PositiveSmallIntegerField(default=1)),
                ('vote_rule', models.CharField(choices=[('one_each', 'one_each'), ('weighted', 'weighted')], default=kompetanse.domains.organisation.types.VoteRule['ONE_EACH'], max_length=12)),
                ('unions_vote', models.BooleanField(default=False)),
                ('above', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.body')),
                ('notice_days', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', [kompetanse.domains.organisation.types.BodyKind['EXECUTIVE_COMMITTEE'], kompetanse.domains.organisation.types.BodyKind['COMPETENCE_FORUM'], kompetanse.domains.organisation.types.BodyKind['SUBJECT_NETWORK'], kompetanse.domains.organisation.types.BodyKind['COMPETENCE_OFFICE'], kompetanse.domains.organisation.types.BodyKind['INTERREGIONAL_ARENA'], kompetanse.domains.organisation.types.BodyKind['STEERING_GROUP']])), name='body_kind_is_known'), models.CheckConstraint(condition=models.Q(('vote_rule__in', [kompetanse.domains.organisation.types.VoteRule['ONE_EACH'], kompetanse.domains.organisation.types.VoteRule['WEIGHTED']])), name='vote_rule_is_known'), models.CheckConstraint(condition=models.Q(('above', None), models.Q(('above', models.F('id')), _negated=True), _connector='OR'), name='body_is_not_above_itself'), models.UniqueConstraint(fields=('tenant', 'name_nb'), name='body_has_its_own_name')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.region')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.municipality')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='membership_ends_after_start'), models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('region', 'municipality'), name='membership_stands_once')],
            },
        ),
        migrations.CreateModel(
            name='Affiliation',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.person')),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'tenant'), name='affiliation_is_told_once')],
            },
        ),
        migrations.CreateModel(
            name='Employee',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('given_name', models.CharField(max_length=80)),
                ('family_name', models.CharField(max_length=80)),
                ('email', models.CharField(blank=True, max_length=160)),
                ('phone', models.CharField(blank=True, max_length=24)),
                ('birth_year', models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'person'), name='employee_is_known_once')],
            },
        ),
        migrations.CreateModel(
            name='RoleAssignment',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('role', models.CharField(choices=[('employee', 'employee'), ('leader', 'leader'), ('hr', 'hr'), ('contact_person', 'contact_person'), ('chief_executive', 'chief_executive'), ('forum_member', 'forum_member'), ('union_representative', 'union_representative'), ('network_member', 'network_member'), ('course_administrator', 'course_administrator'), ('system_administrator', 'system_administrator')], max_length=32)),
                ('unit', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', [kompetanse.domains.organisation.types.Role['EMPLOYEE'], kompetanse.domains.organisation.types.Role['LEADER'], kompetanse.domains.organisation.types.Role['HR'], kompetanse.domains.organisation.types.Role['CONTACT_PERSON'], kompetanse.domains.organisation.types.Role['CHIEF_EXECUTIVE'], kompetanse.domains.organisation.types.Role['FORUM_MEMBER'], kompetanse.domains.organisation.types.Role['UNION_REPRESENTATIVE'], kompetanse.domains.organisation.types.Role['NETWORK_MEMBER'], kompetanse.domains.organisation.types.Role['COURSE_ADMINISTRATOR'], kompetanse.domains.organisation.types.Role['SYSTEM_ADMINISTRATOR']])), name='role_is_known'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='role_ends_after_start'), models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('tenant', 'person', 'role', 'unit'), name='role_is_given_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('username', models.CharField(max_length=160, unique=True)),
                ('email', models.CharField(blank=True, max_length=160)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('display_name', models.CharField(blank=True, max_length=160)),
                ('language', models.CharField(blank=True, max_length=2)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BodyRuling',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('body', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.body')),
                ('quorum', models.PositiveSmallIntegerField()),
                ('vote_rule', models.CharField(choices=[('one_each', 'one_each'), ('weighted', 'weighted')], max_length=12)),
                ('unions_vote', models.BooleanField()),
                ('above_name', models.CharField(blank=True, max_length=120)),
                ('notice_days', models.PositiveSmallIntegerField()),
                ('decision_reference', models.CharField(blank=True, max_length=120)),
                ('set_by', models.CharField(max_length=160)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('set_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'body'], name='ruling_by_body')],
                'constraints': [models.CheckConstraint(condition=models.Q(('vote_rule__in', [kompetanse.domains.organisation.types.VoteRule['ONE_EACH'], kompetanse.domains.organisation.types.VoteRule['WEIGHTED']])), name='ruling_vote_rule_is_known'), models.CheckConstraint(condition=models.Q(('quorum__gte', 1)), name='ruling_needs_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('body', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.body')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('name', models.CharField(max_length=160)),
                ('kind', models.CharField(choices=[('member', 'member'), ('chair', 'chair'), ('secretary', 'secretary'), ('union', 'union'), ('deputy', 'deputy')], max_length=16)),
                ('represents', models.CharField(blank=True, max_length=120)),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.municipality')),
                ('weight', models.PositiveSmallIntegerField(default=1)),
                ('deputy_for', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.seat')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', [kompetanse.domains.organisation.types.SeatKind['MEMBER'], kompetanse.domains.organisation.types.SeatKind['CHAIR'], kompetanse.domains.organisation.types.SeatKind['SECRETARY'], kompetanse.domains.organisation.types.SeatKind['UNION'], kompetanse.domains.organisation.types.SeatKind['DEPUTY']])), name='seat_kind_is_known'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='seat_ends_after_start'), models.UniqueConstraint(condition=models.Q(('valid_to', None)), fields=('tenant', 'body', 'person'), name='seat_is_taken_once')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('employee', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee')),
                ('unit', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('employee_number', models.CharField(max_length=40)),
                ('position_code', models.CharField(blank=True, max_length=20)),
                ('position_title', models.CharField(max_length=120)),
                ('title_key', kompetanse.domains.organisation.models.fields.TextKey(max_length=160, of='position_title')),
                ('is_main', models.BooleanField(default=True)),
                ('percent', models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('leave_from', models.DateField(null=True)),
                ('leave_to', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'unit'], name='post_by_unit'), models.Index(fields=['tenant', 'employee'], name='post_by_employee'), models.Index(fields=['tenant', 'employee_number'], name='post_by_number')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='post_ends_after_start'), models.CheckConstraint(condition=models.Q(('percent', None), models.Q(('percent__gte', 0), ('percent__lte', 100)), _connector='OR'), name='post_percent_is_a_share'), models.CheckConstraint(condition=models.Q(('title_key', ''), _negated=True), name='post_title_is_read'), models.CheckConstraint(condition=models.Q(models.Q(('leave_from', None), ('leave_to', None)), models.Q(('leave_from__isnull', False), models.Q(('leave_to', None), ('leave_to__gte', models.F('leave_from')), _connector='OR')), _connector='OR'), name='post_leave_is_in_order')],
            },
        ),
        migrations.CreateModel(
            name='PostHistory',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('post_id', models.BigIntegerField()),
                ('employee', kompetanse.foundation.tenancy.TenantForeignKey(db_index=False, derived=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisation.employee')),
                ('unit', kompetanse.foundation.tenancy.TenantForeignKey(db_index=False, derived=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisation.unit')),
                ('title_key', models.CharField(max_length=160)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('leave_from', models.DateField(null=True)),
                ('leave_to', models.DateField(null=True)),
                ('ended_on', models.DateField(null=True)),
                ('known_from', models.DateTimeField()),
                ('known_to', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'employee'], name='post_history_by_employee'), models.Index(condition=models.Q(('known_to', None)), fields=['tenant', 'post_id'], name='post_history_newest')],
            },
        ),
        migrations.CreateModel(
            name='Leadership',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('unit', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('employee', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee')),
                ('is_acting', models.BooleanField(default=False)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'employee'], name='leadership_by_employee')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_acting', False), ('valid_to', None)), fields=('tenant', 'unit'), name='unit_has_one_leader'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='leadership_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Persona',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=40, unique=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('position', models.PositiveSmallIntegerField()),
            ],
        ),
    ]
