import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '__first__'),
        ('accounts', '0003_contact_organisation'),
    ]

    operations = [
        migrations.CreateModel(
            name='BuyingCentre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(choices=[('whole', 'Whole client'), ('category', 'Category'), ('project', 'Project')], default='whole', max_length=8, verbose_name='what it is about')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('procedure', models.TextField(blank=True, verbose_name='how they buy')),
                ('steps', models.JSONField(blank=True, default=list, verbose_name='steps to a decision')),
                ('rule', models.CharField(blank=True, choices=[('single', 'One person decides'), ('committee', 'A committee decides'), ('tender', 'A tender decides')], max_length=9, verbose_name='who decides')),
                ('method', models.PositiveIntegerField()),
                ('revision', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='buying_centres', to='accounts.client')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('scope', 'whole')), fields=('client',), name='one_whole_centre_a_client'), models.UniqueConstraint(fields=('client', 'scope', 'name'), name='one_centre_of_a_name_a_client'), models.CheckConstraint(condition=models.Q(('scope', 'whole'), models.Q(('name', ''), _negated=True), _connector='OR'), name='part_of_purchases_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('affiliation', models.CharField(choices=[('client', 'Of the client'), ('external', 'From outside')], default='client', max_length=8, verbose_name='whose he is')),
                ('roles', models.JSONField(blank=True, default=list, verbose_name='roles')),
                ('influence', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='influence')),
                ('attitude', models.SmallIntegerField(choices=[(-2, 'enemy'), (-1, 'against'), (0, 'neutral'), (1, 'for us'), (2, 'ally')], default=0, verbose_name='attitude')),
                ('response_mode', models.CharField(blank=True, choices=[('growth', 'Growth: wants more or better'), ('trouble', 'Trouble: something must be mended'), ('even_keel', 'Even keel: sees no need'), ('overconfident', 'Overconfident: thinks it is better than it is')], max_length=13, verbose_name='mode')),
                ('results', models.TextField(blank=True, verbose_name='what matters for the business')),
                ('wins', models.TextField(blank=True, verbose_name='personal win')),
                ('rival', models.PositiveSmallIntegerField(choices=[(0, 'no tie to a competitor'), (1, 'knows them'), (2, 'close to a competitor'), (3, 'works for a competitor')], default=0, verbose_name='closeness to a competitor')),
                ('rival_name', models.CharField(blank=True, max_length=200, verbose_name='which competitor')),
                ('sources', models.JSONField(blank=True, default=dict)),
                ('x', models.FloatField(blank=True, null=True)),
                ('y', models.FloatField(blank=True, null=True)),
                ('left_on', models.DateField(blank=True, null=True)),
                ('revision', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='buying_centre.buyingcentre')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='accounts.contactperson', verbose_name='person')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reports_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='reports', to='buying_centre.member', verbose_name='reports to')),
            ],
            options={
                'ordering': ['-influence', 'contact__name_folded', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('centre', 'contact'), name='one_seat_a_person'), models.CheckConstraint(condition=models.Q(('influence__gte', 1), ('influence__lte', 5)), name='member_influence_1_to_5'), models.CheckConstraint(condition=models.Q(('attitude__gte', -2), ('attitude__lte', 2)), name='member_attitude_2_to_2'), models.CheckConstraint(condition=models.Q(('rival__lte', 3)), name='member_rival_0_to_3')],
            },
        ),
        migrations.CreateModel(
            name='MatrixCell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('goal', models.CharField(blank=True, max_length=500, verbose_name='goal')),
                ('role', models.CharField(blank=True, max_length=250, verbose_name='role')),
                ('obligations', models.CharField(blank=True, max_length=500, verbose_name='obligations')),
                ('plan', models.CharField(blank=True, max_length=500, verbose_name='plan of work')),
                ('channel', models.CharField(blank=True, choices=[('phone', 'Phone'), ('email', 'E-mail'), ('messenger', 'Messenger'), ('meeting', 'Meeting')], max_length=10, verbose_name='channel')),
                ('frequency_days', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='every … days')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matrix_cells', to=settings.AUTH_USER_MODEL, verbose_name='our person')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cells', to='buying_centre.member')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('member', 'user'), name='one_cell_a_pair'), models.CheckConstraint(condition=models.Q(('frequency_days', None), ('frequency_days__gte', 1), _connector='OR'), name='cell_frequency_from_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('influence', 'Influences'), ('conflict', 'In conflict with')], max_length=9, verbose_name='kind')),
                ('note', models.CharField(blank=True, max_length=120, verbose_name='over what')),
                ('assumed', models.BooleanField(default=True, verbose_name='assumed')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('centre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='buying_centre.buyingcentre')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines_out', to='buying_centre.member')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines_in', to='buying_centre.member')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('kind', 'source', 'target'), name='one_line_a_pair'), models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='line_joins_two')],
            },
        ),
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(choices=[('influence', 'Influence'), ('attitude', 'Attitude')], max_length=9)),
                ('value', models.SmallIntegerField()),
                ('source', models.CharField(choices=[('assumption', 'Assumption'), ('client_said', 'He said so'), ('observed', 'We saw it'), ('third_party', 'Somebody else said so'), ('document', 'A document'), ('public', 'Public source')], max_length=11)),
                ('on', models.DateField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judgements', to='buying_centre.member')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['member', 'about'], name='judgement_by_member')],
            },
        ),
    ]
