import django.db.models.deletion
import django.db.models.expressions
import kompetanse.domains.settlements.types
import kompetanse.foundation.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('courses', '0001_initial'),
        ('foundation', '0001_initial'),
        ('organisation', '0001_initial'),
        ('plans', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='BaseNumber',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.municipality')),
                ('year', models.PositiveSmallIntegerField()),
                ('inhabitants', models.PositiveIntegerField()),
                ('frozen_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'municipality', 'year'), name='base_number_is_one_a_year'), models.CheckConstraint(condition=models.Q(('inhabitants__gte', 1)), name='base_number_is_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Costing',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('measure', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.measure')),
                ('run', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.run')),
                ('title', models.CharField(max_length=160)),
                ('year', models.PositiveSmallIntegerField()),
                ('key', models.CharField(default=kompetanse.domains.settlements.types.Key['INHABITANTS'], max_length=24)),
                ('fixed_ore', models.BigIntegerField(default=0)),
                ('opened_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('run', None), _negated=True), fields=('tenant', 'run'), name='costing_is_one_a_run'), models.UniqueConstraint(condition=models.Q(('run', None)), fields=('tenant', 'measure'), name='costing_is_one_a_measure'), models.CheckConstraint(condition=models.Q(('key__in', [kompetanse.domains.settlements.types.Key['EQUAL'], kompetanse.domains.settlements.types.Key['INHABITANTS'], kompetanse.domains.settlements.types.Key['SEATS'], kompetanse.domains.settlements.types.Key['PARTICIPANTS'], kompetanse.domains.settlements.types.Key['FIXED_AND_SEATS'], kompetanse.domains.settlements.types.Key['FIXED_AND_PARTICIPANTS']])), name='costing_key_is_known'), models.CheckConstraint(condition=models.Q(('fixed_ore__gte', 0), ('fixed_ore__lte', 100000000000)), name='costing_fixed_is_possible')],
            },
        ),
        migrations.CreateModel(
            name='Seller',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('name', models.CharField(max_length=160)),
                ('organisation_number', models.CharField(max_length=9)),
                ('street', models.CharField(blank=True, max_length=160)),
                ('postal_code', models.CharField(blank=True, max_length=4)),
                ('city', models.CharField(blank=True, max_length=60)),
                ('account', models.CharField(blank=True, max_length=34)),
                ('vat_registered', models.BooleanField(default=False)),
                ('vat', models.CharField(default=kompetanse.domains.settlements.types.Vat['OUTSIDE'], max_length=1)),
                ('vat_reason', models.CharField(blank=True, max_length=160)),
                ('due_days', models.PositiveSmallIntegerField(default=30)),
                ('last_number', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant',), name='seller_is_one_a_region'), models.CheckConstraint(condition=models.Q(('organisation_number__regex', '^[1-9][0-9]{8}$')), name='seller_number_has_nine_digits'), models.CheckConstraint(condition=models.Q(models.Q(('vat', kompetanse.domains.settlements.types.Vat['OUTSIDE']), ('vat_registered', False)), models.Q(('vat__in', [kompetanse.domains.settlements.types.Vat['STANDARD'], kompetanse.domains.settlements.types.Vat['EXEMPT']]), ('vat_registered', True)), _connector='OR'), name='seller_vat_agrees_with_register'), models.CheckConstraint(condition=models.Q(('vat', kompetanse.domains.settlements.types.Vat['STANDARD']), models.Q(('vat_reason', ''), _negated=True), _connector='OR'), name='seller_without_vat_says_why'), models.CheckConstraint(condition=models.Q(('due_days__lte', 90)), name='seller_due_days_are_possible')],
            },
        ),
        migrations.CreateModel(
            name='Payer',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.municipality')),
                ('buyer_reference', models.CharField(blank=True, max_length=60)),
                ('order_reference', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'municipality'), name='payer_is_told_once')],
            },
        ),
        migrations.CreateModel(
            name='CostLine',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('costing', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='settlements.costing')),
                ('kind', models.CharField(max_length=12)),
                ('text', models.CharField(max_length=160)),
                ('planned_ore', models.BigIntegerField(default=0)),
                ('actual_ore', models.BigIntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'costing'], name='cost_line_by_costing')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', [kompetanse.domains.settlements.types.CostKind['TRAINER'], kompetanse.domains.settlements.types.CostKind['ROOM'], kompetanse.domains.settlements.types.CostKind['CATERING'], kompetanse.domains.settlements.types.CostKind['TRAVEL'], kompetanse.domains.settlements.types.CostKind['MATERIALS'], kompetanse.domains.settlements.types.CostKind['ADMIN']])), name='cost_kind_is_known'), models.CheckConstraint(condition=models.Q(('planned_ore__gte', 0), ('planned_ore__lte', 100000000000), models.Q(('actual_ore', None), models.Q(('actual_ore__gte', 0), ('actual_ore__lte', 100000000000)), _connector='OR')), name='cost_is_possible')],
            },
        ),
        migrations.CreateModel(
            name='Subsidy',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('costing', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='settlements.costing')),
                ('source', models.CharField(max_length=160)),
                ('place', models.CharField(max_length=8)),
                ('planned_ore', models.BigIntegerField(default=0)),
                ('actual_ore', models.BigIntegerField(null=True)),
                ('municipality', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.municipality')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'costing'], name='subsidy_by_costing')],
                'constraints': [models.CheckConstraint(condition=models.Q(('place__in', [kompetanse.domains.settlements.types.Place['BEFORE'], kompetanse.domains.settlements.types.Place['AFTER']])), name='subsidy_place_is_known'), models.CheckConstraint(condition=models.Q(('municipality', None), ('place', kompetanse.domains.settlements.types.Place['AFTER']), _connector='OR'), name='subsidy_of_one_is_after_the_split'), models.CheckConstraint(condition=models.Q(('planned_ore__gte', 0), ('planned_ore__lte', 100000000000), models.Q(('actual_ore', None), models.Q(('actual_ore__gte', 0), ('actual_ore__lte', 100000000000)), _connector='OR')), name='subsidy_is_possible')],
            },
        ),
        migrations.CreateModel(
            name='CostingPart',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('costing', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='settlements.costing')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.municipality')),
                ('takes_part', models.BooleanField(default=True)),
                ('seats', models.PositiveIntegerField(null=True)),
                ('participants', models.PositiveIntegerField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'costing', 'municipality'), name='costing_part_is_one'), models.CheckConstraint(condition=models.Q(models.Q(('seats', None), ('seats__lte', 100000), _connector='OR'), models.Q(('participants', None), ('participants__lte', 100000), _connector='OR')), name='costing_part_is_possible')],
            },
        ),
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('costing', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlements.costing')),
                ('version', models.PositiveSmallIntegerField()),
                ('status', models.CharField(default=kompetanse.domains.settlements.types.Status['DRAFT'], max_length=12)),
                ('key', models.CharField(max_length=24)),
                ('fixed_ore', models.BigIntegerField(default=0)),
                ('year', models.PositiveSmallIntegerField()),
                ('cost_ore', models.BigIntegerField()),
                ('subsidy_ore', models.BigIntegerField()),
                ('total_ore', models.BigIntegerField()),
                ('residue_ore', models.BigIntegerField()),
                ('lines', models.JSONField(default=list)),
                ('why', models.CharField(blank=True, max_length=500)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.BigIntegerField(null=True)),
                ('made_by_name', models.CharField(blank=True, max_length=160)),
                ('approved_at', models.DateTimeField(null=True)),
                ('approved_by', models.BigIntegerField(null=True)),
                ('approved_by_name', models.CharField(blank=True, max_length=160)),
                ('sent_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'costing', 'version'), name='settlement_is_one_a_version'), models.UniqueConstraint(condition=models.Q(('status__in', (kompetanse.domains.settlements.types.Status['APPROVED'], kompetanse.domains.settlements.types.Status['SENT']))), fields=('tenant', 'costing'), name='settlement_stands_alone'), models.UniqueConstraint(condition=models.Q(('status', kompetanse.domains.settlements.types.Status['DRAFT'])), fields=('tenant', 'costing'), name='settlement_has_one_draft'), models.CheckConstraint(condition=models.Q(('key__in', [kompetanse.domains.settlements.types.Key['EQUAL'], kompetanse.domains.settlements.types.Key['INHABITANTS'], kompetanse.domains.settlements.types.Key['SEATS'], kompetanse.domains.settlements.types.Key['PARTICIPANTS'], kompetanse.domains.settlements.types.Key['FIXED_AND_SEATS'], kompetanse.domains.settlements.types.Key['FIXED_AND_PARTICIPANTS']]), ('status__in', [kompetanse.domains.settlements.types.Status['DRAFT'], kompetanse.domains.settlements.types.Status['APPROVED'], kompetanse.domains.settlements.types.Status['SENT'], kompetanse.domains.settlements.types.Status['REPLACED']])), name='settlement_words_are_known'), models.CheckConstraint(condition=models.Q(('cost_ore__gte', 0), ('subsidy_ore__gte', 0), ('total_ore', django.db.models.expressions.CombinedExpression(models.F('cost_ore'), '-', models.F('subsidy_ore')))), name='settlement_total_is_cost_less_subsidy'), models.CheckConstraint(condition=models.Q(('made_by', None), ('approved_by', None), models.Q(('made_by', models.F('approved_by')), _negated=True), _connector='OR'), name='settlement_is_approved_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('sent_at', None), ('status', kompetanse.domains.settlements.types.Status['DRAFT'])), models.Q(('approved_at__isnull', False), ('sent_at', None), ('status', kompetanse.domains.settlements.types.Status['APPROVED'])), models.Q(('approved_at__isnull', False), ('sent_at__isnull', False), ('status', kompetanse.domains.settlements.types.Status['SENT'])), models.Q(('approved_at__isnull', False), ('status', kompetanse.domains.settlements.types.Status['REPLACED'])), _connector='OR'), name='settlement_status_agrees_with_days'), models.CheckConstraint(condition=models.Q(('version', 1), models.Q(('why', ''), _negated=True), _connector='OR'), name='settlement_correction_says_why')],
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('settlement', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlements.settlement')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.municipality')),
                ('amount_ore', models.BigIntegerField()),
                ('fee_ore', models.BigIntegerField(default=0)),
                ('charge_ore', models.BigIntegerField(default=0)),
                ('key_ore', models.BigIntegerField(default=0)),
                ('subsidy_ore', models.BigIntegerField(default=0)),
                ('residue_ore', models.SmallIntegerField(default=0)),
                ('billed_ore', models.BigIntegerField(default=0)),
                ('takes_part', models.BooleanField(default=True)),
                ('inhabitants', models.PositiveIntegerField(null=True)),
                ('seats', models.PositiveIntegerField(default=0)),
                ('participants', models.PositiveIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'municipality'], name='share_by_municipality')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'settlement', 'municipality'), name='share_is_one'), models.CheckConstraint(condition=models.Q(('amount_ore', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('fee_ore'), '+', models.F('charge_ore')), '+', models.F('key_ore')), '-', models.F('subsidy_ore')))), name='share_is_the_sum_of_its_parts'), models.CheckConstraint(condition=models.Q(('amount_ore__gte', -100000000000), ('amount_ore__lte', 100000000000), ('charge_ore__gte', 0), ('fee_ore__gte', 0), ('subsidy_ore__gte', 0)), name='share_is_possible'), models.CheckConstraint(condition=models.Q(('takes_part', True), models.Q(('key_ore', 0), ('residue_ore', 0)), _connector='OR'), name='share_by_key_takes_part')],
            },
        ),
        migrations.CreateModel(
            name='Invoice',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('share', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='settlements.share')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.municipality')),
                ('number', models.PositiveIntegerField()),
                ('is_credit', models.BooleanField()),
                ('net_ore', models.BigIntegerField()),
                ('vat_ore', models.BigIntegerField()),
                ('issued_on', models.DateField()),
                ('due_on', models.DateField()),
                ('document', models.JSONField()),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'municipality'], name='invoice_by_municipality')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'number'), name='invoice_number_is_its_own'), models.UniqueConstraint(fields=('tenant', 'share'), name='share_is_billed_once'), models.CheckConstraint(condition=models.Q(('net_ore__gt', 0), ('vat_ore__gte', 0)), name='invoice_is_an_amount'), models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('issued_on'))), name='invoice_is_due_after_its_day')],
            },
        ),
    ]
