import django.db.models.deletion
import kompetanse.domains.risks.types
import kompetanse.foundation.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0001_initial'),
        ('organisation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Risk',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('title', models.CharField(max_length=200)),
                ('description', models.TextField(blank=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('owner_name', models.CharField(max_length=160)),
                ('probability', models.PositiveSmallIntegerField()),
                ('consequence', models.PositiveSmallIntegerField()),
                ('status', models.CharField(default=kompetanse.domains.risks.types.RiskStatus['OPEN'], max_length=8)),
                ('registered_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'status'], name='risk_by_status')],
                'constraints': [models.CheckConstraint(condition=models.Q(('consequence__gte', 1), ('consequence__lte', 5), ('probability__gte', 1), ('probability__lte', 5)), name='risk_is_within_the_matrix'), models.CheckConstraint(condition=models.Q(('status__in', [kompetanse.domains.risks.types.RiskStatus['OPEN'], kompetanse.domains.risks.types.RiskStatus['CLOSED']])), name='risk_status_is_known'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='risk_has_a_title'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('status', kompetanse.domains.risks.types.RiskStatus['CLOSED'])), models.Q(models.Q(('status', kompetanse.domains.risks.types.RiskStatus['CLOSED']), _negated=True), ('closed_at', None)), _connector='OR'), name='risk_is_closed_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='RiskAssessment',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('risk', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='risks.risk')),
                ('probability', models.PositiveSmallIntegerField()),
                ('consequence', models.PositiveSmallIntegerField()),
                ('why', models.TextField(blank=True)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('name', models.CharField(max_length=160)),
                ('assessed_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'risk', '-assessed_at'], name='assessment_by_risk')],
                'constraints': [models.CheckConstraint(condition=models.Q(('consequence__gte', 1), ('consequence__lte', 5), ('probability__gte', 1), ('probability__lte', 5)), name='assessment_is_within_the_matrix')],
            },
        ),
        migrations.CreateModel(
            name='Mitigation',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('risk', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='risks.risk')),
                ('text', models.CharField(max_length=400)),
                ('responsible', models.CharField(max_length=160)),
                ('due_on', models.DateField()),
                ('done_on', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'risk', 'due_on'], name='mitigation_by_risk')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('responsible', ''), _negated=True)), name='mitigation_says_what_and_who')],
            },
        ),
        migrations.CreateModel(
            name='RiskNote',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('risk', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='risks.risk')),
                ('text', models.TextField()),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.person')),
                ('name', models.CharField(max_length=160)),
                ('written_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'risk', '-written_at'], name='note_by_risk')],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='risk_note_says_something')],
            },
        ),
    ]
