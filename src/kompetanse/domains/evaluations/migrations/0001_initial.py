import django.db.models.deletion
import kompetanse.domains.evaluations.types
import kompetanse.foundation.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('courses', '0001_initial'),
        ('foundation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('run', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.run')),
                ('stage', models.CharField(max_length=8)),
                ('opens_on', models.DateField()),
                ('closes_on', models.DateField()),
                ('invited', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('stage__in', [kompetanse.domains.evaluations.types.Stage['AFTER'], kompetanse.domains.evaluations.types.Stage['LATER']])), name='evaluation_stage_is_known'), models.UniqueConstraint(fields=('tenant', 'run', 'stage'), name='evaluation_is_opened_once'), models.CheckConstraint(condition=models.Q(('closes_on__gte', models.F('opens_on'))), name='evaluation_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('evaluation', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluations.evaluation')),
                ('side', models.CharField(max_length=12)),
                ('word_hash', models.CharField(max_length=64)),
                ('used', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('side__in', [kompetanse.domains.evaluations.types.Side['PARTICIPANT'], kompetanse.domains.evaluations.types.Side['LEADER']])), name='ticket_side_is_known'), models.UniqueConstraint(fields=('tenant', 'word_hash'), name='ticket_is_its_own')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('evaluation', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluations.evaluation')),
                ('side', models.CharField(max_length=12)),
                ('question', models.CharField(max_length=12)),
                ('score', models.PositiveSmallIntegerField()),
                ('answers', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('question__in', [kompetanse.domains.evaluations.types.Question['CONTENT'], kompetanse.domains.evaluations.types.Question['TRAINER'], kompetanse.domains.evaluations.types.Question['SUPPLIER'], kompetanse.domains.evaluations.types.Question['USEFUL'], kompetanse.domains.evaluations.types.Question['USED'], kompetanse.domains.evaluations.types.Question['MASTERED'], kompetanse.domains.evaluations.types.Question['SUPPORTED']]), ('side__in', [kompetanse.domains.evaluations.types.Side['PARTICIPANT'], kompetanse.domains.evaluations.types.Side['LEADER']])), name='tally_is_of_what_is_asked'), models.CheckConstraint(condition=models.Q(('score__gte', 1), ('score__lte', 5)), name='tally_score_is_from_one_to_five'), models.UniqueConstraint(fields=('tenant', 'evaluation', 'side', 'question', 'score'), name='tally_is_one_sum')],
            },
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('evaluation', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='evaluations.evaluation')),
                ('side', models.CharField(max_length=12)),
                ('text', models.TextField(max_length=1000)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'evaluation'], name='comment_by_evaluation')],
                'constraints': [models.CheckConstraint(condition=models.Q(('side__in', [kompetanse.domains.evaluations.types.Side['PARTICIPANT'], kompetanse.domains.evaluations.types.Side['LEADER']])), name='comment_side_is_known'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='comment_says_something')],
            },
        ),
    ]
