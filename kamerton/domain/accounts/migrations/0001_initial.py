import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClientGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=250, unique=True, verbose_name='group')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='ProductCategory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=250, unique=True, verbose_name='category')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Client',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('organisation', 'Organisation'), ('person', 'Person')], default='organisation', max_length=12, verbose_name='kind')),
                ('name', models.CharField(max_length=250, verbose_name='name')),
                ('name_folded', models.CharField(db_index=True, max_length=250)),
                ('inn', models.CharField(blank=True, db_index=True, max_length=12, verbose_name='INN')),
                ('kpp', models.CharField(blank=True, max_length=9, verbose_name='KPP')),
                ('ogrn', models.CharField(blank=True, max_length=15, verbose_name='OGRN')),
                ('sector', models.CharField(choices=[('b2b', 'B2B'), ('b2g', 'B2G')], default='b2b', max_length=3, verbose_name='sector')),
                ('procurement', models.CharField(choices=[('free', 'Free choice'), ('tender_commercial', 'Commercial tender'), ('fz223', '223-FZ'), ('fz44', '44-FZ')], default='free', max_length=20, verbose_name='procurement')),
                ('industry', models.CharField(blank=True, max_length=120, verbose_name='industry')),
                ('region', models.CharField(blank=True, max_length=120, verbose_name='region')),
                ('customer_type', models.CharField(blank=True, max_length=120, verbose_name='type of customer')),
                ('segment', models.CharField(choices=[('flow', 'Flow'), ('potential_key', 'Potential key'), ('key', 'Key')], default='flow', max_length=15, verbose_name='segment')),
                ('phase', models.CharField(choices=[('hunter', 'Hunter'), ('closer', 'Closer'), ('farmer', 'Farmer'), ('lost', 'Lost'), ('reactivation', 'Reactivation')], default='farmer', max_length=15, verbose_name='phase')),
                ('state', models.CharField(choices=[('prospect', 'Prospect'), ('qualified', 'Qualified'), ('active', 'Active'), ('at_risk', 'At risk'), ('dormant', 'Dormant'), ('lost', 'Lost'), ('reactivated', 'Reactivated')], default='active', max_length=15, verbose_name='state')),
                ('lost_reason', models.CharField(blank=True, max_length=250, verbose_name='why lost')),
                ('lost_to', models.CharField(blank=True, max_length=250, verbose_name='lost to')),
                ('origin', models.CharField(choices=[('self', 'Found by the manager'), ('company', 'Brought by the company'), ('owner', 'Brought by the owner'), ('inherited', 'Inherited')], default='company', max_length=12, verbose_name='origin')),
                ('first_deal_on', models.DateField(blank=True, null=True, verbose_name='first deal on')),
                ('service_model', models.CharField(choices=[('single', 'One manager'), ('team', 'Account team')], default='single', max_length=6, verbose_name='service')),
                ('service_only', models.BooleanField(default=False, help_text='Nothing has to be sold here, only serviced: influence is at most 20.', verbose_name='service only')),
                ('position_external', models.BooleanField(default=False, help_text='A rigid assortment, a head office, a law decide: influence is at most 30.', verbose_name='our place is set from outside')),
                ('is_training', models.BooleanField(default=False, verbose_name='training account')),
                ('delivery_points', models.PositiveIntegerField(blank=True, null=True, verbose_name='delivery points')),
                ('deferral_days', models.PositiveIntegerField(blank=True, null=True, verbose_name='payment deferral, days')),
                ('company_key_since', models.DateField(blank=True, null=True)),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('acquired_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='acquired', to=settings.AUTH_USER_MODEL, verbose_name='won by')),
                ('manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='clients', to=settings.AUTH_USER_MODEL, verbose_name='manager')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='absorbed', to='accounts.client')),
                ('group', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='clients', to='accounts.clientgroup', verbose_name='group of companies')),
            ],
            options={
                'ordering': ['name_folded', 'pk'],
                'indexes': [models.Index(fields=['manager', 'name_folded'], name='client_by_manager'), models.Index(fields=['segment', 'name_folded'], name='client_by_segment')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'lost'), _negated=True), models.Q(('lost_reason', ''), _negated=True), _connector='OR'), name='lost_client_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='ClientCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=300, unique=True)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='codes', to='accounts.client')),
            ],
        ),
        migrations.CreateModel(
            name='ClientInfluenceLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('strength', models.FloatField(default=0.5)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='influences', to='accounts.client')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='influenced_by', to='accounts.client')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'target'), name='one_link_per_pair'), models.CheckConstraint(condition=models.Q(('strength__gte', 0), ('strength__lte', 1)), name='strength_between_0_and_1')],
            },
        ),
        migrations.CreateModel(
            name='ContactPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('full_name', models.CharField(max_length=200, verbose_name='full name')),
                ('name_folded', models.CharField(db_index=True, max_length=200)),
                ('position', models.CharField(blank=True, max_length=200, verbose_name='position')),
                ('level', models.CharField(choices=[('owner', 'Owner'), ('top', 'Top management'), ('middle', 'Middle management'), ('user', 'User')], default='middle', max_length=6, verbose_name='level')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='phone')),
                ('channel', models.CharField(blank=True, choices=[('phone', 'Phone'), ('email', 'E-mail'), ('messenger', 'Messenger'), ('meeting', 'Meeting')], max_length=10, verbose_name='likes')),
                ('preferred_time', models.CharField(blank=True, max_length=100, verbose_name='when to call')),
                ('status', models.CharField(choices=[('active', 'Works there'), ('moved', 'Moved'), ('left', 'Left')], default='active', max_length=6)),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='accounts.client')),
                ('moved_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='arrivals', to='accounts.client')),
            ],
            options={
                'ordering': ['name_folded', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='MassChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('before', models.JSONField()),
                ('count', models.PositiveIntegerField()),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Product',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=100, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('list_price', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='list price')),
                ('unit_cost', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='unit cost')),
                ('is_scarce', models.BooleanField(default=False, verbose_name='scarce')),
                ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='products', to='accounts.productcategory')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('page', models.CharField(max_length=40)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('query', models.CharField(max_length=1000)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saved_views', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('user', 'page', 'name'), name='one_view_per_name')],
            },
        ),
        migrations.CreateModel(
            name='ClientAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('strategic_owner', 'Strategic owner'), ('operational_manager', 'Operational manager'), ('custody_supervisor', "Supervisor's custody"), ('assistant', 'Assistant'), ('understudy', 'Understudy')], max_length=20, verbose_name='part')),
                ('since', models.DateField(verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('basis', models.CharField(blank=True, max_length=250, verbose_name='basis')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='accounts.client')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-since', '-pk'],
                'indexes': [models.Index(fields=['user', 'until'], name='assignment_by_user')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('role__in', ('strategic_owner', 'custody_supervisor')), ('until', None)), fields=('client',), name='one_open_owner_per_client'), models.UniqueConstraint(condition=models.Q(('until', None)), fields=('client', 'user', 'role'), name='one_open_part_per_person'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='assignment_ends_after_start')],
            },
        ),
    ]
