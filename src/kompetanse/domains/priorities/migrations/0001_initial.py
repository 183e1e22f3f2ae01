import django.db.models.deletion
import kompetanse.domains.priorities.types
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
            name='Round',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('case', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.case')),
                ('status', models.CharField(choices=[('preparing', 'preparing'), ('scoring', 'scoring'), ('discussing', 'discussing'), ('ranked', 'ranked'), ('handed_over', 'handed_over')], default=kompetanse.domains.priorities.types.RoundStatus['PREPARING'], max_length=12)),
                ('top', models.PositiveSmallIntegerField(default=5)),
                ('members', models.PositiveSmallIntegerField(default=0)),
                ('opened_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'case'), name='round_is_one_a_case'), models.CheckConstraint(condition=models.Q(('status__in', [kompetanse.domains.priorities.types.RoundStatus['PREPARING'], kompetanse.domains.priorities.types.RoundStatus['SCORING'], kompetanse.domains.priorities.types.RoundStatus['DISCUSSING'], kompetanse.domains.priorities.types.RoundStatus['RANKED'], kompetanse.domains.priorities.types.RoundStatus['HANDED_OVER']])), name='round_status_is_known'), models.CheckConstraint(condition=models.Q(('top__gte', 1), ('top__lte', 100)), name='round_has_room_for_some')],
            },
        ),
        migrations.CreateModel(
            name='Weighting',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('round', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='priorities.round')),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('why', models.CharField(blank=True, max_length=400)),
                ('steadiness', models.JSONField(default=dict)),
                ('set_by', models.BigIntegerField(null=True)),
                ('set_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'round', 'version'), name='weighting_is_one_a_version'), models.CheckConstraint(condition=models.Q(('version', 1), models.Q(('why', ''), _negated=True), _connector='OR'), name='later_weights_say_why')],
            },
        ),
        migrations.CreateModel(
            name='RoundPool',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('round', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='priorities.round')),
                ('pool', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='needs.pool')),
                ('title', models.CharField(max_length=200)),
                ('municipalities', models.PositiveSmallIntegerField(default=0)),
                ('statutory', models.PositiveSmallIntegerField(default=0)),
                ('people_told', models.PositiveIntegerField(default=0)),
                ('hidden', models.PositiveSmallIntegerField(default=0)),
                ('merged_into', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='needs.pool')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'pool'], name='round_pool_by_pool')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'round', 'pool'), name='pool_is_weighed_once_in_a_round'), models.CheckConstraint(condition=models.Q(('hidden__lte', models.F('municipalities')), ('statutory__lte', models.F('municipalities'))), name='round_pool_counts_within_its_municipalities')],
            },
        ),
        migrations.CreateModel(
            name='Weight',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('weighting', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='priorities.weighting')),
                ('criterion', models.CharField(choices=[('statutory', 'statutory'), ('municipalities', 'municipalities'), ('people', 'people'), ('goal', 'goal'), ('cost', 'cost'), ('funding', 'funding'), ('capacity', 'capacity'), ('risk', 'risk')], max_length=16)),
                ('points', models.PositiveSmallIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'weighting', 'criterion'), name='criterion_is_weighed_once'), models.CheckConstraint(condition=models.Q(('criterion__in', [kompetanse.domains.priorities.types.Criterion['STATUTORY'], kompetanse.domains.priorities.types.Criterion['MUNICIPALITIES'], kompetanse.domains.priorities.types.Criterion['PEOPLE'], kompetanse.domains.priorities.types.Criterion['GOAL'], kompetanse.domains.priorities.types.Criterion['COST'], kompetanse.domains.priorities.types.Criterion['FUNDING'], kompetanse.domains.priorities.types.Criterion['CAPACITY'], kompetanse.domains.priorities.types.Criterion['RISK']])), name='weight_criterion_is_known'), models.CheckConstraint(condition=models.Q(('points__gte', 0), ('points__lte', 10)), name='weight_is_none_to_ten')],
            },
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('round_pool', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='priorities.roundpool')),
                ('criterion', models.CharField(choices=[('statutory', 'statutory'), ('municipalities', 'municipalities'), ('people', 'people'), ('goal', 'goal'), ('cost', 'cost'), ('funding', 'funding'), ('capacity', 'capacity'), ('risk', 'risk')], max_length=16)),
                ('seat', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.seat')),
                ('person', models.BigIntegerField(null=True)),
                ('value', models.PositiveSmallIntegerField()),
                ('scored_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'round_pool', 'criterion', 'seat'), name='seat_scores_a_criterion_once'), models.CheckConstraint(condition=models.Q(('criterion__in', [kompetanse.domains.priorities.types.Criterion['GOAL'], kompetanse.domains.priorities.types.Criterion['COST'], kompetanse.domains.priorities.types.Criterion['FUNDING'], kompetanse.domains.priorities.types.Criterion['CAPACITY'], kompetanse.domains.priorities.types.Criterion['RISK']])), name='score_criterion_is_scored'), models.CheckConstraint(condition=models.Q(('value__gte', 0), ('value__lte', 3)), name='score_is_on_the_scale')],
            },
        ),
        migrations.CreateModel(
            name='OrderLine',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('weighting', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='priorities.weighting')),
                ('round_pool', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='priorities.roundpool')),
                ('place', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(blank=True, max_length=400)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'weighting', 'round_pool'), name='pool_has_one_place'), models.UniqueConstraint(fields=('tenant', 'weighting', 'place'), name='place_is_held_by_one_pool'), models.CheckConstraint(condition=models.Q(('place__gte', 1)), name='order_place_is_positive')],
            },
        ),
    ]
