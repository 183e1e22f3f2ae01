import django.db.models.deletion
import django.db.models.expressions
import kompetanse.domains.integrations.types
import kompetanse.foundation.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('kind', models.CharField(blank=True, choices=[('org', 'org'), ('hr', 'hr'), ('competence', 'competence'), ('needs', 'needs')], max_length=12)),
                ('file_name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.BigIntegerField()),
                ('is_big', models.BooleanField(default=False)),
                ('status', models.CharField(choices=[('received', 'received'), ('unclear', 'unclear'), ('working', 'working'), ('previewed', 'previewed'), ('applied', 'applied'), ('failed', 'failed')], max_length=12)),
                ('mapping', models.JSONField(default=dict)),
                ('recognition', models.JSONField(default=dict)),
                ('read', models.PositiveIntegerField(default=0)),
                ('created', models.PositiveIntegerField(default=0)),
                ('changed', models.PositiveIntegerField(default=0)),
                ('unchanged', models.PositiveIntegerField(default=0)),
                ('rejected', models.PositiveIntegerField(default=0)),
                ('ended', models.PositiveIntegerField(default=0)),
                ('examples', models.JSONField(default=dict)),
                ('failure', models.JSONField(default=dict)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('by_name', models.CharField(max_length=120)),
                ('by_person_id', models.BigIntegerField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', '-id'], name='run_by_tenant')],
                'constraints': [models.CheckConstraint(condition=models.Q(('read', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('created'), '+', models.F('changed')), '+', models.F('unchanged')), '+', models.F('rejected')))), name='every_row_has_one_fate'), models.CheckConstraint(condition=models.Q(('status__in', [kompetanse.domains.integrations.types.RunStatus['RECEIVED'], kompetanse.domains.integrations.types.RunStatus['UNCLEAR'], kompetanse.domains.integrations.types.RunStatus['WORKING'], kompetanse.domains.integrations.types.RunStatus['PREVIEWED'], kompetanse.domains.integrations.types.RunStatus['APPLIED'], kompetanse.domains.integrations.types.RunStatus['FAILED']])), name='run_status_is_known')],
            },
        ),
        migrations.CreateModel(
            name='SavedMapping',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('kind', models.CharField(choices=[('org', 'org'), ('hr', 'hr'), ('competence', 'competence'), ('needs', 'needs')], max_length=12)),
                ('mapping', models.JSONField(default=dict)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'kind'), name='mapping_is_saved_once')],
            },
        ),
        migrations.CreateModel(
            name='UploadedPart',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('run', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='integrations.importrun')),
                ('position', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'run', 'position'), name='part_has_one_place')],
            },
        ),
        migrations.CreateModel(
            name='RejectedRow',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('run', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='integrations.importrun')),
                ('row', models.PositiveIntegerField()),
                ('column', models.CharField(blank=True, max_length=300)),
                ('value', models.TextField(blank=True)),
                ('sentence', models.TextField()),
                ('params', models.JSONField(default=dict)),
                ('original', models.JSONField(default=list)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'run', 'row'], name='rejected_by_run')],
            },
        ),
        migrations.CreateModel(
            name='ImportProgress',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('run', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='integrations.importrun')),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'run'), name='progress_is_told_once')],
            },
        ),
    ]
