import django.core.validators
import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Company',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='company')),
                ('currency', models.CharField(default='RUB', max_length=3, verbose_name='currency')),
                ('is_demo', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                ('full_name', models.CharField(max_length=150, verbose_name='full name')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='phone')),
                ('scope', models.CharField(choices=[('none', 'no clients'), ('own', 'own clients'), ('team', "own clients, the team's to read"), ('subtree', 'clients of all subordinates'), ('all', 'the whole company')], default='own', max_length=10, verbose_name='sees')),
                ('leader_share', models.DecimalField(decimal_places=2, default=Decimal('0'), help_text='0 for a seller; a leader spends 0.4 to 0.8 of his time leading.', max_digits=3, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('0.8'))], verbose_name='share of time for leading')),
                ('selling_hours', models.PositiveSmallIntegerField(default=140, verbose_name='selling hours a month')),
                ('year_plan', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='sales plan for the year')),
                ('status', models.CharField(choices=[('candidate_reserve', 'In the reserve'), ('onboarding', 'Onboarding'), ('active', 'Works'), ('notice', 'Leaves soon'), ('left', 'Left')], default='active', max_length=20, verbose_name='status')),
                ('hired_on', models.DateField(blank=True, null=True, verbose_name='hired on')),
                ('ledger_codes', models.JSONField(blank=True, default=list, help_text='How the ledger names this manager, for sales at the date of sale.', verbose_name='names in the sales ledger')),
                ('language', models.CharField(blank=True, max_length=5)),
                ('is_active', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('supervisor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='subordinates', to=settings.AUTH_USER_MODEL, verbose_name='supervisor')),
            ],
            options={
                'ordering': ['full_name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('leader_share__gte', 0), ('leader_share__lte', Decimal('0.8'))), name='leader_share_between_0_and_08')],
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('reach', models.CharField(choices=[('read', 'read'), ('write', 'read and write')], default='read', max_length=10, verbose_name='may')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('tail', models.CharField(max_length=4)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_on', models.DateField(verbose_name='expires on')),
                ('last_used_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('full_name', models.CharField(max_length=150)),
                ('roles', models.JSONField(default=list)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL)),
                ('supervisor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('kam', 'Key account manager'), ('account_manager', 'Account manager'), ('head_of_sales', 'Head of sales'), ('owner', 'Owner'), ('finance', 'Finance'), ('methodologist', 'Methodologist'), ('recruiter', 'Recruiter'), ('assistant', 'Assistant')], max_length=20)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'role'), name='one_grant_per_role')],
            },
        ),
        migrations.CreateModel(
            name='SalesFunction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('hunter', 'Hunter'), ('closer', 'Closer'), ('account_manager', 'Account manager'), ('kam', 'Key account manager')], max_length=20)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='functions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('user', 'kind'), name='one_row_per_sales_function')],
            },
        ),
    ]
