import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import kompetanse.domains.competence.rules.status
import kompetanse.domains.competence.rules.targets
import kompetanse.domains.competence.types
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
            name='Requirement',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40, unique=True)),
                ('name_nb', models.CharField(max_length=200)),
                ('name_nn', models.CharField(max_length=200)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
            ],
        ),
        migrations.CreateModel(
            name='RegisterRevision',
            fields=[
                ('id', models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('revision', models.BigIntegerField(default=1)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='register_is_one')],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('employee', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee')),
                ('unit', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('name', models.CharField(max_length=120)),
                ('key', models.CharField(max_length=120)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=160)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'employee'], name='duty_by_employee')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='duty_ends_after_start'), models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='duty_has_a_name'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at', None)), expressions=[(models.Func(models.F('tenant_id'), models.F('tenant_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('employee_id'), models.F('employee_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('unit_id'), models.F('unit_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.Func(models.F('key'), models.Value(0), function='hashtextextended'), models.Func(models.F('key'), models.Value(0), function='hashtextextended'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange'), '&&')], name='duty_stands_alone')],
            },
        ),
        migrations.CreateModel(
            name='Sighting',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('employee', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee')),
                ('viewer_id', models.BigIntegerField()),
                ('viewer_name', models.CharField(max_length=160)),
                ('role', models.CharField(max_length=40)),
                ('what', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), size=None)),
                ('day', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'day'], name='sighting_by_day')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'employee', 'viewer_id', 'day'), name='sighting_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Clock',
            fields=[
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='foundation.tenant')),
                ('pk', models.CompositePrimaryKey('tenant_id', 'employee_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('employee', kompetanse.foundation.tenancy.TenantForeignKey(db_index=False, derived=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisation.employee')),
                ('reckoned_for', models.DateField()),
                ('turns_on', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'turns_on'], name='clock_by_turn')],
            },
        ),
        migrations.CreateModel(
            name='Keeping',
            fields=[
                ('tenant', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='+', serialize=False, to='foundation.tenant')),
                ('revision', models.BigIntegerField()),
                ('latest', models.DateField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PublishedGap',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('published_on', models.DateField()),
                ('published_at', models.DateTimeField()),
                ('series', models.DateField()),
                ('members', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('told', models.JSONField()),
                ('summary', models.JSONField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'published_on'), name='gaps_are_published_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='RequirementVersion',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='competence.requirement')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('source_type', models.CharField(choices=[('lov', 'lov'), ('forskrift', 'forskrift'), ('vegnormal', 'vegnormal'), ('forsikringsvilkår', 'forsikringsvilkår'), ('anleggseier', 'anleggseier'), ('tariff', 'tariff'), ('veileder', 'veileder'), ('norm', 'norm'), ('intern', 'intern')], max_length=20)),
                ('reference', models.CharField(max_length=200)),
                ('applies_to', models.CharField(max_length=200)),
                ('scope', models.CharField(choices=[('person', 'person'), ('person+utstyr', 'person+utstyr'), ('team', 'team'), ('ratio', 'ratio'), ('organisation', 'organisation')], max_length=20)),
                ('interval_months', models.PositiveSmallIntegerField(null=True)),
                ('anchor', models.CharField(blank=True, choices=[('completion', 'completion'), ('previous_expiry', 'previous_expiry'), ('fixed_date', 'fixed_date')], max_length=20)),
                ('fixed_month', models.PositiveSmallIntegerField(null=True)),
                ('fixed_day', models.PositiveSmallIntegerField(null=True)),
                ('early_window_months', models.PositiveSmallIntegerField(null=True)),
                ('grace_days', models.PositiveSmallIntegerField(default=0)),
                ('credit_months', models.PositiveSmallIntegerField(null=True)),
                ('dispensation_months', models.PositiveSmallIntegerField(null=True)),
                ('least', models.PositiveSmallIntegerField(default=1)),
                ('consequence_nb', models.CharField(blank=True, max_length=300)),
                ('consequence_nn', models.CharField(blank=True, max_length=300)),
                ('verified', models.CharField(choices=[('V', 'V'), ('P', 'P'), ('U', 'U')], max_length=1)),
                ('verified_on', models.DateField(null=True)),
                ('responsible', models.CharField(blank=True, max_length=120)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=160)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('same_as', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.requirementversion')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('source_type__in', [kompetanse.domains.competence.types.SourceType['ACT'], kompetanse.domains.competence.types.SourceType['REGULATION'], kompetanse.domains.competence.types.SourceType['ROAD_NORM'], kompetanse.domains.competence.types.SourceType['INSURANCE'], kompetanse.domains.competence.types.SourceType['OWNER'], kompetanse.domains.competence.types.SourceType['TARIFF'], kompetanse.domains.competence.types.SourceType['GUIDANCE'], kompetanse.domains.competence.types.SourceType['TRADE_NORM'], kompetanse.domains.competence.types.SourceType['INTERNAL']])), name='version_says_its_source'), models.CheckConstraint(condition=models.Q(('verified__in', [kompetanse.domains.competence.types.Verified['SEEN'], kompetanse.domains.competence.types.Verified['PARTLY'], kompetanse.domains.competence.types.Verified['UNCHECKED']])), name='version_says_its_mark'), models.CheckConstraint(condition=models.Q(('scope__in', [kompetanse.domains.competence.types.Scope['PERSON'], kompetanse.domains.competence.types.Scope['PERSON_AND_EQUIPMENT'], kompetanse.domains.competence.types.Scope['TEAM'], kompetanse.domains.competence.types.Scope['RATIO'], kompetanse.domains.competence.types.Scope['ORGANISATION']])), name='version_says_its_scope'), models.CheckConstraint(condition=models.Q(models.Q(('anchor', ''), ('interval_months', None)), models.Q(('anchor__in', [kompetanse.domains.competence.rules.status.Anchor['COMPLETION'], kompetanse.domains.competence.rules.status.Anchor['PREVIOUS_EXPIRY'], kompetanse.domains.competence.rules.status.Anchor['FIXED_DATE']]), ('interval_months__gt', 0)), _connector='OR'), name='version_interval_has_anchor'), models.CheckConstraint(condition=models.Q(models.Q(('anchor', kompetanse.domains.competence.rules.status.Anchor['FIXED_DATE']), ('fixed_day__range', (1, 28)), ('fixed_month__range', (1, 12))), models.Q(models.Q(('anchor', kompetanse.domains.competence.rules.status.Anchor['FIXED_DATE']), _negated=True), ('fixed_day', None), ('fixed_month', None)), _connector='OR'), name='version_fixed_date_is_told'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='version_ends_after_start'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at', None)), expressions=[(models.Func(models.F('requirement_id'), models.F('requirement_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange'), '&&')], name='version_stands_alone')],
            },
        ),
        migrations.CreateModel(
            name='Equivalence',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='satisfied_by', to='competence.requirement')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='satisfies', to='competence.requirement')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('requirement', models.F('by')), _negated=True), name='equivalence_has_two_ends'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at', None)), expressions=[(models.Func(models.F('requirement_id'), models.F('requirement_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('by_id'), models.F('by_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange'), '&&')], name='equivalence_stands_alone')],
            },
        ),
        migrations.CreateModel(
            name='LocalRule',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.requirement')),
                ('interval_months', models.PositiveSmallIntegerField()),
                ('why', models.CharField(max_length=300)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=160)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('interval_months__gt', 0)), name='local_interval_is_some'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='local_rule_ends_after_start'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at', None)), expressions=[(models.Func(models.F('tenant_id'), models.F('tenant_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('requirement_id'), models.F('requirement_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange'), '&&')], name='local_rule_stands_alone')],
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=40, unique=True)),
                ('name_nb', models.CharField(max_length=200)),
                ('name_nn', models.CharField(max_length=200)),
                ('requirement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='topics', to='competence.requirement')),
                ('kind', models.CharField(blank=True, max_length=40)),
                ('target_groups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, size=None)),
            ],
        ),
        migrations.CreateModel(
            name='UnitCount',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('unit', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.requirement')),
                ('part', models.CharField(max_length=40)),
                ('number', models.PositiveIntegerField()),
                ('valid_from', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=160)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'unit', 'requirement', 'part', '-valid_from'], name='unit_count_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('number__lte', 1000)), name='unit_count_is_likely')],
            },
        ),
        migrations.CreateModel(
            name='Arrangement',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.requirement')),
                ('part', models.CharField(max_length=120)),
                ('with_whom', models.CharField(max_length=160)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=160)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'requirement'], name='arrangement_by_requirement')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='arrangement_ends_after_start'), models.CheckConstraint(condition=models.Q(('with_whom', ''), _negated=True), name='arrangement_says_with_whom')],
            },
        ),
        migrations.CreateModel(
            name='TextMapping',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('text', models.CharField(max_length=200)),
                ('text_key', models.CharField(max_length=200)),
                ('requirement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.requirement')),
                ('confirmed_by', models.CharField(max_length=160)),
                ('confirmed_at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_at', None)), fields=('tenant', 'text_key'), name='mapping_is_confirmed_once')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('employee', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee')),
                ('requirement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.requirement')),
                ('title', models.CharField(max_length=200)),
                ('title_key', models.CharField(max_length=200)),
                ('issuer', models.CharField(blank=True, max_length=160)),
                ('certificate_number', models.CharField(blank=True, max_length=80)),
                ('completed_on', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('points', models.DecimalField(decimal_places=1, max_digits=6, null=True)),
                ('source', models.CharField(choices=[('import', 'import'), ('course', 'course'), ('registry', 'registry'), ('manager', 'manager'), ('self', 'self')], max_length=12)),
                ('reference', models.CharField(blank=True, max_length=80)),
                ('file', models.CharField(blank=True, max_length=200)),
                ('row', models.PositiveIntegerField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=160)),
                ('verified_by', models.CharField(blank=True, max_length=160)),
                ('corrects', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.evidence')),
                ('why', models.CharField(blank=True, max_length=300)),
                ('void', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('certificate_number', ''), _negated=True), fields=['tenant', 'certificate_number'], name='evidence_by_certificate'), models.Index(fields=['tenant', 'employee'], name='evidence_by_employee'), models.Index(condition=models.Q(('source', 'self'), ('verified_by', ''), ('void', False)), fields=['tenant', 'employee'], name='evidence_waiting'), models.Index(condition=models.Q(('requirement', None)), fields=['tenant', 'title_key'], name='evidence_by_words')],
                'constraints': [models.CheckConstraint(condition=models.Q(('source__in', [kompetanse.domains.competence.types.EvidenceSource['IMPORT'], kompetanse.domains.competence.types.EvidenceSource['COURSE'], kompetanse.domains.competence.types.EvidenceSource['REGISTRY'], kompetanse.domains.competence.types.EvidenceSource['MANAGER'], kompetanse.domains.competence.types.EvidenceSource['SELF']])), name='evidence_says_its_source'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('completed_on')), _connector='OR'), name='evidence_ends_after_completion'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('tenant', 'corrects'), name='evidence_corrected_once'), models.CheckConstraint(condition=models.Q(models.Q(('corrects', None), ('void', False)), models.Q(('corrects__isnull', False), models.Q(('why', ''), _negated=True)), _connector='OR'), name='evidence_correction_says_why'), models.UniqueConstraint(condition=models.Q(('corrects', None), models.Q(('reference', ''), _negated=True)), fields=('tenant', 'employee', 'reference', 'requirement'), name='evidence_of_reference_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Dispensation',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('employee', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee')),
                ('unit', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.requirement')),
                ('position_title', models.CharField(blank=True, max_length=120)),
                ('decided_by', models.CharField(max_length=160)),
                ('case_reference', models.CharField(blank=True, max_length=80)),
                ('why', models.CharField(max_length=300)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=160)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.CharField(blank=True, max_length=160)),
                ('withdrawn_why', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'employee'], name='dispensation_by_employee')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__gte', models.F('valid_from'))), name='dispensation_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('why', ''), _negated=True), models.Q(('decided_by', ''), _negated=True)), name='dispensation_says_who_and_why'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_why', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='dispensation_withdrawal_says_why'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('withdrawn_at', None)), expressions=[(models.Func(models.F('tenant_id'), models.F('tenant_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('employee_id'), models.F('employee_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('unit_id'), models.F('unit_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('requirement_id'), models.F('requirement_id'), models.Value('[]'), function='int8range'), '&&'), (models.Func(models.F('valid_from'), models.F('valid_to'), models.Value('[]'), function='daterange'), '&&')], name='dispensation_stands_alone')],
            },
        ),
        migrations.CreateModel(
            name='Status',
            fields=[
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='foundation.tenant')),
                ('pk', models.CompositePrimaryKey('tenant_id', 'employee_id', 'unit_id', 'requirement_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('employee', kompetanse.foundation.tenancy.TenantForeignKey(db_index=False, derived=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisation.employee')),
                ('unit', kompetanse.foundation.tenancy.TenantForeignKey(db_index=False, derived=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisation.unit')),
                ('requirement', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='competence.requirement')),
                ('state', models.SmallIntegerField()),
                ('beneath', models.SmallIntegerField()),
                ('ends', models.DateField(null=True)),
                ('evidence_id', models.BigIntegerField(null=True)),
                ('target_id', models.BigIntegerField(null=True)),
                ('since', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'unit'], name='status_by_unit')],
            },
        ),
        migrations.CreateModel(
            name='Cell',
            fields=[
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='foundation.tenant')),
                ('pk', models.CompositePrimaryKey('tenant_id', 'unit_id', 'requirement_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('unit', kompetanse.foundation.tenancy.TenantForeignKey(db_index=False, derived=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisation.unit')),
                ('requirement', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='competence.requirement')),
                ('held', models.IntegerField()),
                ('expiring', models.IntegerField()),
                ('expired', models.IntegerField()),
                ('missing', models.IntegerField()),
                ('on_leave', models.IntegerField()),
                ('dispensed', models.IntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RequirementTarget',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='competence.requirementversion')),
                ('kind', models.CharField(choices=[('everyone', 'everyone'), ('position', 'position'), ('leader', 'leader'), ('sector', 'sector'), ('unit', 'unit'), ('role', 'role')], max_length=12)),
                ('value', models.CharField(blank=True, max_length=120)),
                ('key', models.CharField(blank=True, max_length=120)),
                ('within', models.CharField(blank=True, max_length=120)),
                ('within_key', models.CharField(blank=True, max_length=120)),
                ('part', models.CharField(blank=True, default='', max_length=120)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', [kompetanse.domains.competence.rules.targets.TargetKind['EVERYONE'], kompetanse.domains.competence.rules.targets.TargetKind['POSITION'], kompetanse.domains.competence.rules.targets.TargetKind['LEADER'], kompetanse.domains.competence.rules.targets.TargetKind['SECTOR'], kompetanse.domains.competence.rules.targets.TargetKind['UNIT'], kompetanse.domains.competence.rules.targets.TargetKind['ROLE']])), name='target_kind_is_known'), models.UniqueConstraint(fields=('version', 'kind', 'value', 'within'), name='target_is_told_once')],
            },
        ),
        migrations.CreateModel(
            name='Alternative',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alternatives', to='competence.requirementversion')),
                ('group', models.PositiveSmallIntegerField()),
                ('needs', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.requirement')),
                ('points', models.DecimalField(decimal_places=1, max_digits=6, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'group', 'needs'), name='alternative_is_told_once'), models.CheckConstraint(condition=models.Q(('points', None), ('points__gt', 0), _connector='OR'), name='alternative_points_are_some')],
            },
        ),
        migrations.CreateModel(
            name='VersionReply',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.requirementversion')),
                ('accepted', models.BooleanField()),
                ('why', models.CharField(blank=True, max_length=300)),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.CharField(max_length=160)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('tenant', 'version'), name='version_is_answered_once')],
            },
        ),
        migrations.CreateModel(
            name='TopicName',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='competence.topic')),
                ('name', models.CharField(max_length=200)),
                ('taught_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('topic', 'name'), name='topic_name_is_told_once')],
            },
        ),
        migrations.CreateModel(
            name='RatioPart',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ratio_parts', to='competence.requirementversion')),
                ('key', models.CharField(max_length=40)),
                ('name_nb', models.CharField(max_length=80)),
                ('name_nn', models.CharField(max_length=80)),
                ('per', models.PositiveSmallIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'key'), name='ratio_part_is_told_once'), models.CheckConstraint(condition=models.Q(('per__gt', 0), models.Q(('key', ''), _negated=True)), name='ratio_part_counts_something')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('employee', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee')),
                ('evidence', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.evidence')),
                ('replaces', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.document')),
                ('name', models.CharField(max_length=120)),
                ('kind', models.CharField(choices=[('pdf', 'pdf'), ('jpeg', 'jpeg'), ('png', 'png')], max_length=4)),
                ('size', models.PositiveIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('content', models.BinaryField()),
                ('added_at', models.DateTimeField()),
                ('added_by', models.CharField(max_length=160)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', [kompetanse.foundation.uploads.DocumentKind['PDF'], kompetanse.foundation.uploads.DocumentKind['JPEG'], kompetanse.foundation.uploads.DocumentKind['PNG']])), name='document_kind_is_known'), models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='document_is_not_empty'), models.UniqueConstraint(fields=('tenant', 'evidence', 'sha256'), name='document_lies_there_once'), models.UniqueConstraint(condition=models.Q(('replaces__isnull', False)), fields=('tenant', 'replaces'), name='document_replaced_once')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('employee', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.employee')),
                ('evidence', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.evidence')),
                ('code', models.CharField(max_length=60)),
                ('content', models.JSONField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=160)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'evidence'), name='certificate_of_version_once'), models.UniqueConstraint(fields=('tenant', 'code'), name='certificate_code_is_its_own')],
            },
        ),
        # What is kept follows a revision of the register; this is the first.
        migrations.RunSQL(
            "INSERT INTO competence_registerrevision (id, revision) VALUES (1, 1)", migrations.RunSQL.noop
        ),
    ]
