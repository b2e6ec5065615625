import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '__first__'),
        ('accounts', '0003_contact_organisation'),
        ('activities', '0001_initial'),
        ('methodology', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='PerspectivePlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('joint_session', 'Joint session'), ('review', 'On approval'), ('approved', 'Approved'), ('in_progress', 'In progress'), ('revised', 'Under revision'), ('completed', 'Completed'), ('abandoned', 'Abandoned')], default='draft', max_length=13, verbose_name='state')),
                ('horizon_years', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='horizon, years')),
                ('starts_on', models.DateField(verbose_name='year 1 begins on')),
                ('trajectory', models.CharField(choices=[('linear', 'Equal steps'), ('growth', 'Equal growth rate')], default='linear', max_length=6, verbose_name='way to the goal')),
                ('baseline', models.BigIntegerField(default=0, verbose_name='sales a year now')),
                ('target', models.BigIntegerField(default=0, verbose_name='sales in the last year')),
                ('profit', models.BigIntegerField(blank=True, null=True, verbose_name='gross profit a year now')),
                ('wallet', models.BigIntegerField(blank=True, null=True, verbose_name='buys in all, a year')),
                ('categories', models.TextField(blank=True, verbose_name='categories bought from us')),
                ('stage', models.PositiveSmallIntegerField(choices=[(1, 'Exploratory'), (2, 'Basic'), (3, 'Cooperative'), (4, 'Interdependent'), (5, 'Integrated')], default=2, verbose_name='stage of the relationship')),
                ('level', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='level of the buyer and seller relationship, 1 to 5')),
                ('competitors', models.TextField(blank=True, verbose_name='competitors')),
                ('strengths', models.TextField(blank=True, verbose_name='our strengths')),
                ('vision', models.TextField(blank=True, verbose_name='vision')),
                ('extra_profit', models.BigIntegerField(blank=True, null=True, verbose_name='expected extra gross profit over the horizon')),
                ('extra_profit_note', models.CharField(blank=True, max_length=300, verbose_name='how it was reckoned')),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('approved_at', models.DateTimeField(blank=True, null=True)),
                ('returned_because', models.CharField(blank=True, max_length=1000)),
                ('closed_because', models.CharField(blank=True, max_length=1000)),
                ('next_review_on', models.DateField(blank=True, null=True, verbose_name='next review')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('text_revision', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='accounts.client')),
                ('manager', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plans', to=settings.AUTH_USER_MODEL, verbose_name='manager')),
                ('methodology', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='methodology.methodologyversion')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('supervisor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='supervisor')),
            ],
            options={
                'ordering': ['client__name_folded', '-pk'],
                'indexes': [models.Index(fields=['manager', 'state'], name='plan_by_manager')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['completed', 'abandoned']), _negated=True), fields=('client',), name='one_open_plan_a_client'), models.CheckConstraint(condition=models.Q(('horizon_years__gte', 1), ('horizon_years__lte', 5)), name='plan_horizon_1_to_5_years'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('manager')), _negated=True), _connector='OR'), name='nobody_approves_his_own_plan'), models.CheckConstraint(condition=models.Q(('baseline__gte', 0), ('target__gte', 0)), name='plan_sales_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='JointSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='on')),
                ('minutes', models.TextField(verbose_name='what was discussed')),
                ('agreed', models.TextField(verbose_name='what was agreed')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('present', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who was there')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='plans.perspectiveplan')),
            ],
            options={
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ControlPoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='on')),
                ('text', models.CharField(max_length=300, verbose_name='what must be seen')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='control_points', to='plans.perspectiveplan')),
            ],
            options={
                'ordering': ['on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='BudgetLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=250, verbose_name='what for')),
                ('amount', models.BigIntegerField(validators=[django.core.validators.MinValueValidator(0)], verbose_name='amount')),
                ('year', models.PositiveSmallIntegerField(default=1, verbose_name='year of the plan')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='budget_lines', to='plans.perspectiveplan')),
            ],
            options={
                'ordering': ['year', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='budget_line_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='PlanComment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(max_length=5)),
                ('text', models.TextField(verbose_name='comment')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='plans.perspectiveplan')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanGoal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('metric', models.CharField(choices=[('gp', 'Gross profit'), ('sow', 'Share of wallet'), ('categories', 'Categories bought'), ('stage', 'Stage of the relationship'), ('participants', 'Participants covered'), ('nps', 'NPS'), ('dso', 'Days sales outstanding'), ('overdue', 'Overdue share'), ('custom', 'Other')], max_length=12, verbose_name='metric')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='goal in words')),
                ('unit', models.CharField(blank=True, max_length=30, verbose_name='unit')),
                ('baseline', models.FloatField(blank=True, null=True, verbose_name='now')),
                ('targets', models.JSONField(default=list)),
                ('source', models.CharField(choices=[('ledger', 'Sales ledger'), ('wallet', 'Wallet estimates'), ('centre', 'Buying centre'), ('survey', "Client's survey"), ('finance', 'Finance'), ('session', 'Joint session')], default='ledger', max_length=8, verbose_name='measured by')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='responsible')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goals', to='plans.perspectiveplan')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member', models.PositiveBigIntegerField(blank=True, null=True)),
                ('name', models.CharField(max_length=200, verbose_name='who')),
                ('role', models.CharField(blank=True, max_length=200, verbose_name='role')),
                ('aim', models.CharField(blank=True, max_length=500, verbose_name='what we want to reach with him')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='plans.perspectiveplan')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='on')),
                ('findings', models.TextField(verbose_name='what was seen')),
                ('decision', models.TextField(verbose_name='what was decided')),
                ('next_on', models.DateField(verbose_name='next review')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reviews', to='plans.perspectiveplan')),
            ],
            options={
                'ordering': ['-on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanRisk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300, verbose_name='what may happen')),
                ('probability', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='probability, 1 to 5')),
                ('impact', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='impact, 1 to 5')),
                ('trigger', models.CharField(blank=True, max_length=300, verbose_name='how we notice')),
                ('response', models.CharField(max_length=500, verbose_name='what we do')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='risks', to='plans.perspectiveplan')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanScenario',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('worse', 'Worse'), ('base', 'Base'), ('better', 'Better')], max_length=6, verbose_name='scenario')),
                ('text', models.CharField(max_length=500, verbose_name='what happens')),
                ('trigger', models.CharField(blank=True, max_length=300, verbose_name='how we notice')),
                ('sales', models.BigIntegerField(blank=True, null=True, verbose_name='sales in the last year')),
                ('response', models.CharField(blank=True, max_length=500, verbose_name='what we do then')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scenarios', to='plans.perspectiveplan')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'kind'), name='one_scenario_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='PlanStop',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=300, verbose_name='what we give up')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='why')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stops', to='plans.perspectiveplan')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanStrategy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=500, verbose_name='strategy')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('people', models.ManyToManyField(blank=True, related_name='strategies', to='plans.planperson', verbose_name='people')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='strategies', to='plans.perspectiveplan')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('prepare', 'Prepare'), ('wait_trigger', 'Wait for an event'), ('act', 'Act')], max_length=12, verbose_name='kind')),
                ('title', models.CharField(max_length=250, verbose_name='what')),
                ('trigger', models.CharField(blank=True, max_length=300, verbose_name='event we wait for')),
                ('due_on', models.DateField(verbose_name='until')),
                ('then_days', models.PositiveSmallIntegerField(default=3, verbose_name='then act within, days')),
                ('expected_profit', models.BigIntegerField(blank=True, null=True, verbose_name='expected gross profit')),
                ('fired_on', models.DateField(blank=True, null=True)),
                ('dropped_because', models.CharField(blank=True, max_length=500)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('evidence', models.ManyToManyField(blank=True, related_name='+', to='activities.activity')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='responsible')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='plans.perspectiveplan')),
                ('strategy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='actions', to='plans.planstrategy', verbose_name='strategy')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'indexes': [models.Index(fields=['kind', 'due_on'], name='plan_action_watch')],
            },
        ),
        migrations.CreateModel(
            name='PlanVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('event', models.CharField(choices=[('approved', 'Approved'), ('revised', 'Taken for revision'), ('closed', 'Closed')], max_length=8)),
                ('reason', models.CharField(blank=True, max_length=1000, verbose_name='why')),
                ('content', models.JSONField()),
                ('made_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('methodology', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='methodology.methodologyversion')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='plans.perspectiveplan')),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='one_version_a_number')],
            },
        ),
        migrations.CreateModel(
            name='SalesForecast',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_on', models.DateField()),
                ('last_month', models.DateField()),
                ('method', models.CharField(max_length=20)),
                ('level', models.FloatField()),
                ('history', models.PositiveIntegerField()),
                ('errors', models.PositiveIntegerField()),
                ('months', models.JSONField()),
                ('scored_until', models.DateField(blank=True, null=True)),
                ('scored', models.PositiveIntegerField(default=0)),
                ('mape', models.FloatField(blank=True, null=True)),
                ('coverage', models.FloatField(blank=True, null=True)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='forecasts', to='accounts.client')),
            ],
            options={
                'ordering': ['-last_month', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('client', 'last_month'), name='one_forecast_a_month')],
            },
        ),
        migrations.CreateModel(
            name='SupplierAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('department', models.CharField(max_length=100, verbose_name='department')),
                ('title', models.CharField(max_length=250, verbose_name='what')),
                ('due_on', models.DateField(verbose_name='until')),
                ('cost', models.BigIntegerField(default=0, validators=[django.core.validators.MinValueValidator(0)], verbose_name='what it costs')),
                ('state', models.CharField(choices=[('proposed', 'Proposed'), ('approved', 'Approved'), ('done', 'Done'), ('rejected', 'Rejected')], default='proposed', max_length=8, verbose_name='state')),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('proof', models.CharField(blank=True, max_length=300, verbose_name='document')),
                ('done_on', models.DateField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='responsible')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supplier_actions', to='plans.perspectiveplan')),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('cost__gte', 0)), name='supplier_cost_not_negative'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), models.Q(('proof', ''), _negated=True), _connector='OR'), name='supplier_action_done_with_a_document')],
            },
        ),
        migrations.CreateModel(
            name='Vulnerability',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=500, verbose_name='where we are vulnerable')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='vulnerabilities', to='plans.perspectiveplan')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddField(
            model_name='planstrategy',
            name='vulnerabilities',
            field=models.ManyToManyField(blank=True, related_name='strategies', to='plans.vulnerability', verbose_name='closes'),
        ),
        migrations.CreateModel(
            name='PeriodPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('month', 'Month'), ('quarter', 'Quarter'), ('year', 'Year')], max_length=7, verbose_name='period')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('minimum', models.BigIntegerField(verbose_name='minimum')),
                ('target', models.BigIntegerField(verbose_name='plan')),
                ('stretch', models.BigIntegerField(verbose_name='maximum')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='why below the trajectory')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.productcategory', verbose_name='category')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='period_plans', to='accounts.client')),
                ('manager', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='period_plans', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['starts_on', 'client__name_folded', 'pk'],
                'indexes': [models.Index(fields=['manager', 'kind', 'starts_on'], name='period_plan_of')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('category', None)), fields=('client', 'kind', 'starts_on'), name='one_period_plan_of_all'), models.UniqueConstraint(condition=models.Q(('category', None), _negated=True), fields=('client', 'kind', 'starts_on', 'category'), name='one_period_plan_a_category'), models.CheckConstraint(condition=models.Q(('minimum__gte', 0), ('stretch__gte', models.F('target')), ('target__gte', models.F('minimum'))), name='three_levels_in_order')],
            },
        ),
    ]
