import django.db.models.deletion
import django.db.models.expressions
import kompetanse.domains.plans.types
import kompetanse.domains.plans.types.money
import kompetanse.domains.plans.types.reports
import kompetanse.domains.plans.types.strategy
import kompetanse.domains.plans.types.versions
import kompetanse.foundation.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0001_initial'),
        ('governance', '0001_initial'),
        ('needs', '0001_initial'),
        ('organisation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActionPlan',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('year', models.PositiveSmallIntegerField()),
                ('status', models.CharField(choices=[('draft', 'draft'), ('hearing', 'hearing'), ('adopted', 'adopted')], default=kompetanse.domains.plans.types.PlanStatus['DRAFT'], max_length=8)),
                ('case', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.case')),
                ('budget_ore', models.BigIntegerField(default=0)),
                ('frame_ore', models.BigIntegerField(null=True)),
                ('adopted_at', models.DateTimeField(null=True)),
                ('exception_ore', models.BigIntegerField(default=0)),
                ('exception_decision', models.CharField(blank=True, max_length=120)),
                ('exception_why', models.CharField(blank=True, max_length=400)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('revision', models.CharField(choices=[('none', 'none'), ('draft', 'draft'), ('hearing', 'hearing')], default=kompetanse.domains.plans.types.versions.RevisionStage['NONE'], max_length=8)),
                ('sharing_key', models.CharField(choices=[('equal', 'equal'), ('inhabitants', 'inhabitants'), ('seats', 'seats'), ('fixed_and_seats', 'fixed_and_seats')], default=kompetanse.domains.plans.types.money.SharingKey['INHABITANTS'], max_length=16)),
                ('fixed_ore', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'year'), name='plan_is_one_a_year'), models.CheckConstraint(condition=models.Q(('status__in', [kompetanse.domains.plans.types.PlanStatus['DRAFT'], kompetanse.domains.plans.types.PlanStatus['HEARING'], kompetanse.domains.plans.types.PlanStatus['ADOPTED']])), name='plan_status_is_known'), models.CheckConstraint(condition=models.Q(('budget_ore__gte', 0)), name='plan_budget_is_not_negative'), models.CheckConstraint(condition=models.Q(models.Q(('status', kompetanse.domains.plans.types.PlanStatus['ADOPTED']), _negated=True), models.Q(('adopted_at__isnull', False), ('budget_ore__lte', django.db.models.expressions.CombinedExpression(models.F('frame_ore'), '+', models.F('exception_ore'))), ('case__isnull', False), ('frame_ore__isnull', False)), _connector='OR'), name='plan_keeps_within_its_frame'), models.CheckConstraint(condition=models.Q(('exception_ore', 0), models.Q(('exception_ore__gt', 0), models.Q(('exception_decision', ''), _negated=True)), _connector='OR'), name='plan_exception_is_decided'), models.CheckConstraint(condition=models.Q(('revision__in', [kompetanse.domains.plans.types.versions.RevisionStage['NONE'], kompetanse.domains.plans.types.versions.RevisionStage['DRAFT'], kompetanse.domains.plans.types.versions.RevisionStage['HEARING']])), name='plan_revision_is_known'), models.CheckConstraint(condition=models.Q(('revision', kompetanse.domains.plans.types.versions.RevisionStage['NONE']), ('status', kompetanse.domains.plans.types.PlanStatus['ADOPTED']), _connector='OR'), name='plan_is_adopted_before_it_is_revised'), models.CheckConstraint(condition=models.Q(('sharing_key__in', [kompetanse.domains.plans.types.money.SharingKey['EQUAL'], kompetanse.domains.plans.types.money.SharingKey['INHABITANTS'], kompetanse.domains.plans.types.money.SharingKey['SEATS'], kompetanse.domains.plans.types.money.SharingKey['FIXED_AND_SEATS']])), name='plan_key_is_known'), models.CheckConstraint(condition=models.Q(('fixed_ore__gte', 0)), name='plan_fixed_sum_is_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='LocalMeasure',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('year', models.PositiveSmallIntegerField()),
                ('title_nb', models.CharField(max_length=200)),
                ('title_nn', models.CharField(blank=True, max_length=200)),
                ('kind', models.CharField(choices=[('course', 'course'), ('programme', 'programme'), ('e_learning', 'e_learning'), ('network', 'network'), ('guidance', 'guidance'), ('recruitment', 'recruitment')], max_length=16)),
                ('target_group', models.CharField(blank=True, max_length=200)),
                ('owner', models.CharField(blank=True, max_length=120)),
                ('budget_ore', models.BigIntegerField(default=0)),
                ('quarter', models.PositiveSmallIntegerField(null=True)),
                ('status', models.CharField(choices=[('planned', 'planned'), ('ordered', 'ordered'), ('running', 'running'), ('done', 'done'), ('cancelled', 'cancelled')], default=kompetanse.domains.plans.types.MeasureStatus['PLANNED'], max_length=12)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'year'], name='local_measure_by_year')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', [kompetanse.domains.plans.types.MeasureKind['COURSE'], kompetanse.domains.plans.types.MeasureKind['PROGRAMME'], kompetanse.domains.plans.types.MeasureKind['E_LEARNING'], kompetanse.domains.plans.types.MeasureKind['NETWORK'], kompetanse.domains.plans.types.MeasureKind['GUIDANCE'], kompetanse.domains.plans.types.MeasureKind['RECRUITMENT']])), name='local_measure_kind_is_known'), models.CheckConstraint(condition=models.Q(('status__in', [kompetanse.domains.plans.types.MeasureStatus['PLANNED'], kompetanse.domains.plans.types.MeasureStatus['ORDERED'], kompetanse.domains.plans.types.MeasureStatus['RUNNING'], kompetanse.domains.plans.types.MeasureStatus['DONE'], kompetanse.domains.plans.types.MeasureStatus['CANCELLED']])), name='local_measure_status_is_known'), models.CheckConstraint(condition=models.Q(('budget_ore__gte', 0)), name='local_measure_budget_is_not_negative'), models.CheckConstraint(condition=models.Q(('title_nb', ''), _negated=True), name='local_measure_has_a_title')],
            },
        ),
        migrations.CreateModel(
            name='FocusArea',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('title_nb', models.CharField(max_length=200)),
                ('title_nn', models.CharField(blank=True, max_length=200)),
                ('sector', models.CharField(choices=[('all', 'all'), ('health', 'health'), ('school', 'school'), ('kindergarten', 'kindergarten'), ('technical', 'technical'), ('culture', 'culture'), ('administration', 'administration')], default=kompetanse.domains.plans.types.strategy.Sector['ALL'], max_length=16)),
                ('goal', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.goal')),
                ('from_year', models.PositiveSmallIntegerField()),
                ('to_year', models.PositiveSmallIntegerField()),
                ('text', models.TextField(blank=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('sector__in', [kompetanse.domains.plans.types.strategy.Sector['ALL'], kompetanse.domains.plans.types.strategy.Sector['HEALTH'], kompetanse.domains.plans.types.strategy.Sector['SCHOOL'], kompetanse.domains.plans.types.strategy.Sector['KINDERGARTEN'], kompetanse.domains.plans.types.strategy.Sector['TECHNICAL'], kompetanse.domains.plans.types.strategy.Sector['CULTURE'], kompetanse.domains.plans.types.strategy.Sector['ADMINISTRATION']])), name='focus_area_sector_is_known'), models.CheckConstraint(condition=models.Q(('to_year__gte', models.F('from_year'))), name='focus_area_ends_after_start'), models.CheckConstraint(condition=models.Q(('title_nb', ''), _negated=True), name='focus_area_has_a_title')],
            },
        ),
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('plan', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.actionplan')),
                ('title_nb', models.CharField(max_length=200)),
                ('title_nn', models.CharField(blank=True, max_length=200)),
                ('kind', models.CharField(choices=[('course', 'course'), ('programme', 'programme'), ('e_learning', 'e_learning'), ('network', 'network'), ('guidance', 'guidance'), ('recruitment', 'recruitment')], max_length=16)),
                ('goal', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.goal')),
                ('target_group', models.CharField(blank=True, max_length=200)),
                ('budget_ore', models.BigIntegerField(default=0)),
                ('seats_planned', models.PositiveIntegerField(default=0)),
                ('quarter', models.PositiveSmallIntegerField(null=True)),
                ('requirement_code', models.CharField(blank=True, max_length=40)),
                ('status', models.CharField(choices=[('planned', 'planned'), ('ordered', 'ordered'), ('running', 'running'), ('done', 'done'), ('cancelled', 'cancelled')], default=kompetanse.domains.plans.types.MeasureStatus['PLANNED'], max_length=12)),
                ('version', models.PositiveIntegerField(default=1)),
                ('target_group_nn', models.CharField(blank=True, max_length=200)),
                ('owner', models.CharField(blank=True, max_length=120)),
                ('form', models.CharField(choices=[('unsaid', 'unsaid'), ('on_site', 'on_site'), ('digital', 'digital'), ('blended', 'blended'), ('at_work', 'at_work')], default=kompetanse.domains.plans.types.DeliveryForm['UNSAID'], max_length=8)),
                ('provider', models.CharField(blank=True, max_length=120)),
                ('funding', models.CharField(blank=True, max_length=200)),
                ('funding_ore', models.BigIntegerField(default=0)),
                ('risk', models.CharField(choices=[('unsaid', 'unsaid'), ('low', 'low'), ('medium', 'medium'), ('high', 'high')], default=kompetanse.domains.plans.types.RiskLevel['UNSAID'], max_length=8)),
                ('risk_text', models.CharField(blank=True, max_length=400)),
                ('sharing_key', models.CharField(blank=True, max_length=16)),
                ('fixed_ore', models.BigIntegerField(default=0)),
                ('rolled_from', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.measure')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'plan'], name='measure_by_plan'), models.Index(fields=['tenant', 'goal'], name='measure_by_goal')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', [kompetanse.domains.plans.types.MeasureKind['COURSE'], kompetanse.domains.plans.types.MeasureKind['PROGRAMME'], kompetanse.domains.plans.types.MeasureKind['E_LEARNING'], kompetanse.domains.plans.types.MeasureKind['NETWORK'], kompetanse.domains.plans.types.MeasureKind['GUIDANCE'], kompetanse.domains.plans.types.MeasureKind['RECRUITMENT']])), name='measure_kind_is_known'), models.CheckConstraint(condition=models.Q(('status__in', [kompetanse.domains.plans.types.MeasureStatus['PLANNED'], kompetanse.domains.plans.types.MeasureStatus['ORDERED'], kompetanse.domains.plans.types.MeasureStatus['RUNNING'], kompetanse.domains.plans.types.MeasureStatus['DONE'], kompetanse.domains.plans.types.MeasureStatus['CANCELLED']])), name='measure_status_is_known'), models.CheckConstraint(condition=models.Q(('budget_ore__gte', 0)), name='measure_budget_is_not_negative'), models.CheckConstraint(condition=models.Q(('quarter', None), models.Q(('quarter__gte', 1), ('quarter__lte', 4)), _connector='OR'), name='measure_quarter_is_one_of_four'), models.CheckConstraint(condition=models.Q(('form__in', [kompetanse.domains.plans.types.DeliveryForm['UNSAID'], kompetanse.domains.plans.types.DeliveryForm['ON_SITE'], kompetanse.domains.plans.types.DeliveryForm['DIGITAL'], kompetanse.domains.plans.types.DeliveryForm['BLENDED'], kompetanse.domains.plans.types.DeliveryForm['AT_WORK']])), name='measure_form_is_known'), models.CheckConstraint(condition=models.Q(('risk__in', [kompetanse.domains.plans.types.RiskLevel['UNSAID'], kompetanse.domains.plans.types.RiskLevel['LOW'], kompetanse.domains.plans.types.RiskLevel['MEDIUM'], kompetanse.domains.plans.types.RiskLevel['HIGH']])), name='measure_risk_is_known'), models.CheckConstraint(condition=models.Q(('sharing_key', ''), ('sharing_key__in', [kompetanse.domains.plans.types.money.SharingKey['EQUAL'], kompetanse.domains.plans.types.money.SharingKey['INHABITANTS'], kompetanse.domains.plans.types.money.SharingKey['SEATS'], kompetanse.domains.plans.types.money.SharingKey['FIXED_AND_SEATS']]), _connector='OR'), name='measure_key_is_known'), models.CheckConstraint(condition=models.Q(('fixed_ore__gte', 0), ('funding_ore__gte', 0), ('funding_ore__lte', models.F('budget_ore'))), name='measure_is_not_funded_twice'), models.UniqueConstraint(condition=models.Q(('rolled_from__isnull', False)), fields=('tenant', 'rolled_from'), name='measure_is_rolled_once'), models.CheckConstraint(condition=models.Q(('title_nb', ''), _negated=True), name='measure_has_a_title')],
            },
        ),
        migrations.CreateModel(
            name='PlanVersion',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('plan', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.actionplan')),
                ('number', models.PositiveIntegerField()),
                ('case', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.case')),
                ('content', models.JSONField()),
                ('adopted_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'plan', 'number'), name='plan_version_is_one')],
            },
        ),
        migrations.CreateModel(
            name='TertialReport',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('plan', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.actionplan')),
                ('tertial', models.PositiveSmallIntegerField()),
                ('texts', models.JSONField(default=dict)),
                ('content', models.JSONField(null=True)),
                ('sent_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'plan', 'tertial'), name='tertial_report_is_one'), models.CheckConstraint(condition=models.Q(('tertial__gte', 1), ('tertial__lte', 3)), name='tertial_is_one_of_three'), models.CheckConstraint(condition=models.Q(models.Q(('content__isnull', True), ('sent_at', None)), models.Q(('content__isnull', False), ('sent_at__isnull', False)), _connector='OR'), name='tertial_report_is_frozen_when_sent')],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('area', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='plans.focusarea')),
                ('title_nb', models.CharField(max_length=200)),
                ('title_nn', models.CharField(blank=True, max_length=200)),
                ('unit', models.CharField(choices=[('percent', 'percent'), ('people', 'people'), ('number', 'number')], default=kompetanse.domains.plans.types.strategy.Unit['PERCENT'], max_length=8)),
                ('baseline', models.DecimalField(decimal_places=2, max_digits=12)),
                ('baseline_year', models.PositiveSmallIntegerField()),
                ('target', models.DecimalField(decimal_places=2, max_digits=12)),
                ('target_year', models.PositiveSmallIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'area'], name='indicator_by_area')],
                'constraints': [models.CheckConstraint(condition=models.Q(('unit__in', [kompetanse.domains.plans.types.strategy.Unit['PERCENT'], kompetanse.domains.plans.types.strategy.Unit['PEOPLE'], kompetanse.domains.plans.types.strategy.Unit['NUMBER']])), name='indicator_unit_is_known'), models.CheckConstraint(condition=models.Q(('target_year__gte', models.F('baseline_year'))), name='indicator_target_is_after_baseline')],
            },
        ),
        migrations.CreateModel(
            name='MeasurePool',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('measure', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='plans.measure')),
                ('pool', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='needs.pool')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'pool'], name='measure_pool_by_pool')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'measure', 'pool'), name='measure_serves_a_pool_once')],
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('measure', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='plans.measure')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.municipality')),
                ('takes_part', models.BooleanField(default=True)),
                ('seats', models.PositiveIntegerField(null=True)),
                ('planned_ore', models.BigIntegerField(null=True)),
                ('committed_ore', models.BigIntegerField(default=0)),
                ('spent_ore', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'measure', 'municipality'), name='budget_line_is_one'), models.CheckConstraint(condition=models.Q(models.Q(('planned_ore', None), ('planned_ore__gte', 0), _connector='OR'), ('committed_ore__gte', 0), ('spent_ore__gte', 0)), name='budget_line_is_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('plan', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.actionplan')),
                ('measure', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.measure')),
                ('kind', models.CharField(choices=[('add', 'add'), ('change', 'change'), ('drop', 'drop')], max_length=8)),
                ('content', models.JSONField(default=dict)),
                ('why', models.CharField(blank=True, max_length=400)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'plan'], name='proposal_by_plan')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('measure__isnull', False)), fields=('tenant', 'measure'), name='measure_has_one_proposal'), models.CheckConstraint(condition=models.Q(('kind__in', [kompetanse.domains.plans.types.versions.ProposalKind['ADD'], kompetanse.domains.plans.types.versions.ProposalKind['CHANGE'], kompetanse.domains.plans.types.versions.ProposalKind['DROP']])), name='proposal_kind_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('kind', kompetanse.domains.plans.types.versions.ProposalKind['ADD']), ('measure', None)), models.Q(models.Q(('kind', kompetanse.domains.plans.types.versions.ProposalKind['ADD']), _negated=True), models.Q(('measure', None), _negated=True)), _connector='OR'), name='proposal_is_about_a_measure')],
            },
        ),
        migrations.CreateModel(
            name='Deviation',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('measure', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.measure')),
                ('cause', models.CharField(choices=[('too_few', 'too_few'), ('no_provider', 'no_provider'), ('no_time', 'no_time'), ('money', 'money'), ('need_is_gone', 'need_is_gone'), ('other', 'other')], max_length=12)),
                ('text', models.CharField(max_length=400)),
                ('noted_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'measure'], name='deviation_by_measure')],
                'constraints': [models.CheckConstraint(condition=models.Q(('cause__in', [kompetanse.domains.plans.types.reports.DeviationCause['TOO_FEW'], kompetanse.domains.plans.types.reports.DeviationCause['NO_PROVIDER'], kompetanse.domains.plans.types.reports.DeviationCause['NO_TIME'], kompetanse.domains.plans.types.reports.DeviationCause['MONEY'], kompetanse.domains.plans.types.reports.DeviationCause['NEED_IS_GONE'], kompetanse.domains.plans.types.reports.DeviationCause['OTHER']])), name='deviation_cause_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('indicator', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='plans.indicator')),
                ('read_on', models.DateField()),
                ('value', models.DecimalField(decimal_places=2, max_digits=12)),
                ('source', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'indicator', 'read_on'), name='reading_is_one_a_day')],
            },
        ),
    ]
