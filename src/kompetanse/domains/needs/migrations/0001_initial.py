import django.db.models.deletion
import kompetanse.domains.needs.types.enums
import kompetanse.domains.needs.types.rounds
import kompetanse.foundation.tenancy
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('competence', '0001_initial'),
        ('foundation', '0001_initial'),
        ('governance', '0001_initial'),
        ('organisation', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('title', models.CharField(max_length=200)),
                ('deadline', models.DateField()),
                ('status', models.CharField(choices=[('open', 'open'), ('approved', 'approved')], default=kompetanse.domains.needs.types.rounds.RoundStatus['OPEN'], max_length=16)),
                ('opened_by', models.BigIntegerField(null=True)),
                ('opened_at', models.DateTimeField()),
                ('delegate', models.BigIntegerField(null=True)),
                ('approved_by', models.BigIntegerField(null=True)),
                ('approved_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', kompetanse.domains.needs.types.rounds.RoundStatus['OPEN'])), fields=('tenant',), name='municipality_has_one_open_round'), models.CheckConstraint(condition=models.Q(models.Q(('approved_at', None), ('status', kompetanse.domains.needs.types.rounds.RoundStatus['OPEN'])), models.Q(('approved_at__isnull', False), ('status', kompetanse.domains.needs.types.rounds.RoundStatus['APPROVED'])), _connector='OR'), name='round_is_open_or_approved')],
            },
        ),
        migrations.CreateModel(
            name='ProposalAnswer',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('unit', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('requirement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.requirement')),
                ('cause', models.CharField(choices=[('expiry', 'expiry'), ('new', 'new'), ('coming', 'coming')], max_length=16)),
                ('first_day', models.DateField(null=True)),
                ('why', models.CharField(max_length=1000)),
                ('person', models.BigIntegerField(null=True)),
                ('answered_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'unit', 'requirement', 'cause', 'first_day'), name='proposal_is_declined_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('cause__in', [kompetanse.domains.needs.types.rounds.ProposalCause['EXPIRY'], kompetanse.domains.needs.types.rounds.ProposalCause['NEW'], kompetanse.domains.needs.types.rounds.ProposalCause['COMING']])), name='proposal_cause_is_known'), models.CheckConstraint(condition=models.Q(('why', ''), _negated=True), name='proposal_is_declined_with_why')],
            },
        ),
        migrations.CreateModel(
            name='Pool',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('title', models.CharField(max_length=200)),
                ('topic_code', models.CharField(blank=True, max_length=40)),
                ('status', models.CharField(choices=[('suggested', 'suggested'), ('confirmed', 'confirmed')], default=kompetanse.domains.needs.types.enums.PoolStatus['SUGGESTED'], max_length=16)),
                ('score', models.FloatField(default=1.0)),
                ('reason', models.JSONField(default=list)),
                ('merged_into', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='needs.pool')),
                ('confirmed_by', models.BigIntegerField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'status'], name='pool_by_status')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', [kompetanse.domains.needs.types.enums.PoolStatus['SUGGESTED'], kompetanse.domains.needs.types.enums.PoolStatus['CONFIRMED']])), name='pool_status_is_known'), models.CheckConstraint(condition=models.Q(('score__gte', 0), ('score__lte', 1)), name='pool_score_is_a_share'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('status', kompetanse.domains.needs.types.enums.PoolStatus['SUGGESTED'])), models.Q(('confirmed_at__isnull', False), ('status', kompetanse.domains.needs.types.enums.PoolStatus['CONFIRMED'])), _connector='OR'), name='pool_is_confirmed_at_a_moment')],
            },
        ),
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('left_title', models.CharField(max_length=200)),
                ('left_group', models.CharField(blank=True, max_length=160)),
                ('right_title', models.CharField(max_length=200)),
                ('right_group', models.CharField(blank=True, max_length=160)),
                ('same', models.BooleanField()),
                ('taught_by', models.BigIntegerField(null=True)),
                ('taught_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'left_title', 'left_group', 'right_title', 'right_group'), name='lesson_has_one_answer')],
            },
        ),
        migrations.CreateModel(
            name='Need',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('unit', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit')),
                ('unit_text', models.CharField(blank=True, max_length=160)),
                ('title', models.CharField(max_length=200)),
                ('target_group', models.CharField(blank=True, max_length=160)),
                ('people', models.PositiveIntegerField(null=True)),
                ('people_text', models.CharField(blank=True, max_length=160)),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('cause', models.CharField(choices=[('law', 'law'), ('inspection', 'inspection'), ('deviation', 'deviation'), ('renewal', 'renewal'), ('reorganisation', 'reorganisation'), ('new_tasks', 'new_tasks'), ('recruitment', 'recruitment'), ('goal', 'goal'), ('update', 'update'), ('wish', 'wish'), ('other', 'other'), ('none', 'none')], default=kompetanse.domains.needs.types.enums.Cause['NONE'], max_length=16)),
                ('kind', models.CharField(choices=[('mobilise', 'mobilise'), ('learn', 'learn'), ('recruit', 'recruit')], default=kompetanse.domains.needs.types.enums.NeedKind['LEARN'], max_length=16)),
                ('statutory', models.BooleanField(null=True)),
                ('goal_tenant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('goal', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', tenant_field='goal_tenant', to='governance.goal')),
                ('requirement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='competence.requirement')),
                ('wanted_time', models.CharField(blank=True, max_length=160)),
                ('wanted_place', models.CharField(blank=True, max_length=160)),
                ('priority', models.PositiveSmallIntegerField(null=True)),
                ('regional', models.BooleanField(null=True)),
                ('origin', models.CharField(choices=[('file', 'file'), ('gap', 'gap'), ('hand', 'hand'), ('raised', 'raised')], max_length=8)),
                ('file', models.CharField(blank=True, max_length=255)),
                ('row', models.PositiveIntegerField(null=True)),
                ('status', models.CharField(choices=[('in_round', 'in_round'), ('reported', 'reported'), ('merged', 'merged'), ('withdrawn', 'withdrawn')], default=kompetanse.domains.needs.types.enums.NeedStatus['REPORTED'], max_length=16)),
                ('reported_by', models.BigIntegerField(null=True)),
                ('reported_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_why', models.CharField(blank=True, max_length=1000)),
                ('wanted_form', models.CharField(blank=True, choices=[('', ''), ('course', 'course'), ('online', 'online'), ('at_work', 'at_work'), ('network', 'network'), ('education', 'education')], default=kompetanse.domains.needs.types.enums.WantedForm['ANY'], max_length=16)),
                ('own_measures', models.CharField(blank=True, max_length=1000)),
                ('round', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='needs.round')),
                ('step', models.CharField(blank=True, choices=[('sector', 'sector'), ('list', 'list'), ('returned', 'returned')], max_length=16)),
                ('composed', models.BooleanField(default=False)),
                ('merged_into', kompetanse.foundation.tenancy.TenantForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='needs.need')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'status', '-reported_at'], name='need_by_status'), models.Index(fields=['tenant', 'unit'], name='need_by_unit'), models.Index(fields=['tenant', 'round', 'step'], name='need_by_round'), models.Index(fields=['tenant', 'merged_into'], name='need_by_whole')],
                'constraints': [models.CheckConstraint(condition=models.Q(('people', None), models.Q(('people__gte', 1), ('people__lte', 10000)), _connector='OR'), name='need_people_is_plausible'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='need_has_a_title'), models.CheckConstraint(condition=models.Q(('kind__in', [kompetanse.domains.needs.types.enums.NeedKind['MOBILISE'], kompetanse.domains.needs.types.enums.NeedKind['LEARN'], kompetanse.domains.needs.types.enums.NeedKind['RECRUIT']])), name='need_kind_is_known'), models.CheckConstraint(condition=models.Q(('cause__in', [kompetanse.domains.needs.types.enums.Cause['LAW'], kompetanse.domains.needs.types.enums.Cause['INSPECTION'], kompetanse.domains.needs.types.enums.Cause['DEVIATION'], kompetanse.domains.needs.types.enums.Cause['RENEWAL'], kompetanse.domains.needs.types.enums.Cause['REORGANISATION'], kompetanse.domains.needs.types.enums.Cause['NEW_TASKS'], kompetanse.domains.needs.types.enums.Cause['RECRUITMENT'], kompetanse.domains.needs.types.enums.Cause['GOAL'], kompetanse.domains.needs.types.enums.Cause['UPDATE'], kompetanse.domains.needs.types.enums.Cause['WISH'], kompetanse.domains.needs.types.enums.Cause['OTHER'], kompetanse.domains.needs.types.enums.Cause['NONE']])), name='need_cause_is_known'), models.CheckConstraint(condition=models.Q(('origin__in', [kompetanse.domains.needs.types.enums.Origin['FILE'], kompetanse.domains.needs.types.enums.Origin['GAP'], kompetanse.domains.needs.types.enums.Origin['HAND'], kompetanse.domains.needs.types.enums.Origin['RAISED']])), name='need_origin_is_known'), models.CheckConstraint(condition=models.Q(('wanted_form__in', [kompetanse.domains.needs.types.enums.WantedForm['ANY'], kompetanse.domains.needs.types.enums.WantedForm['COURSE'], kompetanse.domains.needs.types.enums.WantedForm['ONLINE'], kompetanse.domains.needs.types.enums.WantedForm['AT_WORK'], kompetanse.domains.needs.types.enums.WantedForm['NETWORK'], kompetanse.domains.needs.types.enums.WantedForm['EDUCATION']])), name='need_form_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('merged_into', None), ('status', kompetanse.domains.needs.types.enums.NeedStatus['REPORTED']), ('step', ''), ('withdrawn_at', None)), models.Q(('merged_into', None), ('status', kompetanse.domains.needs.types.enums.NeedStatus['IN_ROUND']), ('step__in', [kompetanse.domains.needs.types.rounds.Step['SECTOR'], kompetanse.domains.needs.types.rounds.Step['LIST'], kompetanse.domains.needs.types.rounds.Step['RETURNED']]), ('withdrawn_at', None), ('round__isnull', False)), models.Q(('merged_into__isnull', False), ('status', kompetanse.domains.needs.types.enums.NeedStatus['MERGED']), ('step', ''), ('withdrawn_at', None)), models.Q(('status', kompetanse.domains.needs.types.enums.NeedStatus['WITHDRAWN']), ('step', ''), ('withdrawn_at__isnull', False)), _connector='OR'), name='need_stands_or_is_withdrawn'), models.CheckConstraint(condition=models.Q(('priority', None), models.Q(('priority__gte', 1), ('priority__lte', 3)), _connector='OR'), name='need_priority_is_one_to_three'), models.CheckConstraint(condition=models.Q(models.Q(('goal', None), ('goal_tenant', None)), models.Q(('goal__isnull', False), ('goal_tenant__isnull', False)), _connector='OR'), name='need_goal_has_an_owner')],
            },
        ),
        migrations.CreateModel(
            name='PoolDecision',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('pool', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='needs.pool')),
                ('case', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.case')),
                ('rank', models.PositiveSmallIntegerField(null=True)),
                ('outcome', models.CharField(choices=[('prioritised', 'prioritised'), ('deferred', 'deferred'), ('rejected', 'rejected')], max_length=16)),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('noted_by', models.BigIntegerField(null=True)),
                ('noted_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'pool'], name='pool_decision_by_pool')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'case', 'pool'), name='pool_is_ranked_once_in_a_case'), models.UniqueConstraint(condition=models.Q(('rank__isnull', False)), fields=('tenant', 'case', 'rank'), name='rank_is_held_by_one_pool'), models.CheckConstraint(condition=models.Q(('outcome__in', [kompetanse.domains.needs.types.enums.PoolOutcome['PRIORITISED'], kompetanse.domains.needs.types.enums.PoolOutcome['DEFERRED'], kompetanse.domains.needs.types.enums.PoolOutcome['REJECTED']])), name='pool_outcome_is_known'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', kompetanse.domains.needs.types.enums.PoolOutcome['PRIORITISED']), ('rank__gte', 1)), models.Q(models.Q(('outcome', kompetanse.domains.needs.types.enums.PoolOutcome['PRIORITISED']), _negated=True), ('rank', None)), _connector='OR'), name='prioritised_pool_has_a_rank')],
            },
        ),
        migrations.CreateModel(
            name='NeedNote',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('need', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='needs.need')),
                ('act', models.CharField(choices=[('told', 'told'), ('passed', 'passed'), ('sent_back', 'sent_back'), ('told_again', 'told_again'), ('joined', 'joined'), ('taken_apart', 'taken_apart'), ('commented', 'commented'), ('taken_back', 'taken_back'), ('approved', 'approved'), ('left_out', 'left_out')], max_length=16)),
                ('text', models.CharField(blank=True, max_length=1000)),
                ('written_by', models.BigIntegerField(null=True)),
                ('written_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'need'], name='need_note_by_need')],
                'constraints': [models.CheckConstraint(condition=models.Q(('act__in', [kompetanse.domains.needs.types.rounds.RoundAct['TOLD'], kompetanse.domains.needs.types.rounds.RoundAct['PASSED'], kompetanse.domains.needs.types.rounds.RoundAct['SENT_BACK'], kompetanse.domains.needs.types.rounds.RoundAct['TOLD_AGAIN'], kompetanse.domains.needs.types.rounds.RoundAct['JOINED'], kompetanse.domains.needs.types.rounds.RoundAct['TAKEN_APART'], kompetanse.domains.needs.types.rounds.RoundAct['COMMENTED'], kompetanse.domains.needs.types.rounds.RoundAct['TAKEN_BACK'], kompetanse.domains.needs.types.rounds.RoundAct['APPROVED'], kompetanse.domains.needs.types.rounds.RoundAct['LEFT_OUT']])), name='note_act_is_known')],
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tenant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.tenant')),
                ('pool', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='needs.pool')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.municipality')),
                ('need', kompetanse.foundation.tenancy.TenantForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', tenant_field='municipality', to='needs.need')),
                ('people', models.PositiveIntegerField(null=True)),
                ('statutory', models.BooleanField(null=True)),
                ('cause', models.CharField(choices=[('law', 'law'), ('inspection', 'inspection'), ('deviation', 'deviation'), ('renewal', 'renewal'), ('reorganisation', 'reorganisation'), ('new_tasks', 'new_tasks'), ('recruitment', 'recruitment'), ('goal', 'goal'), ('update', 'update'), ('wish', 'wish'), ('other', 'other'), ('none', 'none')], default=kompetanse.domains.needs.types.enums.Cause['NONE'], max_length=16)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'pool'], name='share_by_pool')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'municipality', 'need'), name='need_is_in_one_pool'), models.CheckConstraint(condition=models.Q(('people', None), models.Q(('people__gte', 1), ('people__lte', 10000)), _connector='OR'), name='share_people_is_plausible'), models.CheckConstraint(condition=models.Q(('cause__in', [kompetanse.domains.needs.types.enums.Cause['LAW'], kompetanse.domains.needs.types.enums.Cause['INSPECTION'], kompetanse.domains.needs.types.enums.Cause['DEVIATION'], kompetanse.domains.needs.types.enums.Cause['RENEWAL'], kompetanse.domains.needs.types.enums.Cause['REORGANISATION'], kompetanse.domains.needs.types.enums.Cause['NEW_TASKS'], kompetanse.domains.needs.types.enums.Cause['RECRUITMENT'], kompetanse.domains.needs.types.enums.Cause['GOAL'], kompetanse.domains.needs.types.enums.Cause['UPDATE'], kompetanse.domains.needs.types.enums.Cause['WISH'], kompetanse.domains.needs.types.enums.Cause['OTHER'], kompetanse.domains.needs.types.enums.Cause['NONE']])), name='share_cause_is_known')],
            },
        ),
    ]
