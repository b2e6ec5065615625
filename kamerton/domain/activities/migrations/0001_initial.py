import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '__first__'),
        ('accounts', '0002_manager_keys_and_pairs'),
    ]

    operations = [
        migrations.CreateModel(
            name='Activity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('call', 'Call'), ('meeting', 'Meeting'), ('online_meeting', 'Online meeting'), ('letter', 'Letter'), ('messenger', 'Message'), ('presentation', 'Presentation'), ('site_visit', 'Site visit'), ('training', 'Training'), ('exhibition', 'Exhibition'), ('internal', 'Internal meeting'), ('task', 'Task')], max_length=15, verbose_name='kind')),
                ('title', models.CharField(max_length=250, verbose_name='what')),
                ('goal', models.TextField(blank=True, verbose_name='goal')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('done', 'Done'), ('missed', 'Did not take place'), ('cancelled', 'Cancelled')], default='planned', max_length=9, verbose_name='state')),
                ('due_on', models.DateField(verbose_name='on')),
                ('promised_on', models.DateField(blank=True, null=True)),
                ('starts_at', models.DateTimeField(blank=True, null=True, verbose_name='at')),
                ('minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='minutes')),
                ('late_minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='minutes late')),
                ('outcome', models.TextField(blank=True, verbose_name='outcome')),
                ('origin', models.CharField(blank=True, max_length=60)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='accounts.client')),
                ('colleagues', models.ManyToManyField(blank=True, related_name='joined_activities', to=settings.AUTH_USER_MODEL, verbose_name='our people')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('follows', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='next_steps', to='activities.activity')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='activities', to=settings.AUTH_USER_MODEL, verbose_name='responsible')),
                ('people', models.ManyToManyField(blank=True, related_name='activities', to='accounts.contactperson', verbose_name='their people')),
            ],
            options={
                'ordering': ['due_on', 'starts_at', 'pk'],
                'indexes': [models.Index(fields=['client', 'state', 'due_on'], name='activity_by_client'), models.Index(fields=['owner', 'state', 'due_on'], name='activity_by_owner')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'planned'), models.Q(('origin', ''), _negated=True)), fields=('client', 'origin'), name='one_open_activity_an_origin'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'done'), _negated=True), ('done_at__isnull', False), _connector='OR'), name='done_activity_has_time')],
            },
        ),
        migrations.CreateModel(
            name='ClientNeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='need')),
                ('heard_on', models.DateField(verbose_name='heard on')),
                ('state', models.CharField(choices=[('open', 'Open'), ('met', 'Met'), ('dropped', 'Let go')], default='open', max_length=7, verbose_name='state')),
                ('closing_note', models.CharField(blank=True, max_length=500)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='needs', to='accounts.client')),
                ('heard_at', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='needs', to='activities.activity')),
                ('heard_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.contactperson')),
            ],
            options={
                'ordering': ['-heard_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='MeetingBrief',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('goal', models.TextField(verbose_name='goal')),
                ('questions', models.JSONField(default=list)),
                ('expected', models.TextField(blank=True, verbose_name='expected next step')),
                ('snapshot', models.JSONField(default=dict)),
                ('prepared_at', models.DateTimeField()),
                ('activity', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='brief', to='activities.activity')),
                ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-prepared_at'],
            },
        ),
        migrations.CreateModel(
            name='Rescheduling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('before', models.JSONField()),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
    ]
