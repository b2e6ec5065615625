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
            name='Dossier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('packs', models.JSONField(blank=True, default=list)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('client', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='dossier', to='accounts.client')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='DossierImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=250, verbose_name='file')),
                ('file', models.CharField(max_length=250)),
                ('digest', models.CharField(max_length=64)),
                ('size', models.BigIntegerField()),
                ('state', models.CharField(choices=[('checking', 'Being checked'), ('checked', 'Checked, not imported'), ('importing', 'Being imported'), ('done', 'In the dossiers'), ('failed', 'Not imported'), ('cancelled', 'Cancelled'), ('undone', 'Undone')], default='checking', max_length=9)),
                ('job', models.BigIntegerField(blank=True, null=True)),
                ('report', models.JSONField(default=dict)),
                ('failure', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('undone_because', models.CharField(blank=True, max_length=500)),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='DossierAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=40)),
                ('data', models.JSONField(blank=True, null=True)),
                ('text', models.TextField()),
                ('searched', models.TextField()),
                ('is_applicable', models.BooleanField(default=True)),
                ('source', models.CharField(choices=[('document', 'Document'), ('client_said', 'The client said so'), ('public', 'Public data'), ('observed', 'Seen by ourselves'), ('third_party', 'A third party said so'), ('assumption', 'Our assumption')], max_length=12, verbose_name='source')),
                ('source_note', models.CharField(blank=True, max_length=300, verbose_name='which document, where')),
                ('source_on', models.DateField(verbose_name='true on')),
                ('confidence', models.FloatField()),
                ('expires_on', models.DateField()),
                ('version', models.PositiveIntegerField()),
                ('is_current', models.BooleanField(default=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='dossier.dossier')),
                ('source_contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.contactperson', verbose_name='who said it')),
                ('supersedes', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='superseded_by', to='dossier.dossieranswer')),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='dossier.dossierimport')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['dossier', 'question'], name='answer_by_question')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('dossier', 'question'), name='one_current_answer_a_question'), models.CheckConstraint(condition=models.Q(('is_current', False), ('withdrawn_at', None), _connector='OR'), name='withdrawn_answer_is_not_current'), models.CheckConstraint(condition=models.Q(('confidence__gte', 0), ('confidence__lte', 1)), name='answer_confidence_between_0_and_1'), models.CheckConstraint(condition=models.Q(('expires_on__gt', models.F('source_on'))), name='answer_lasts_a_while'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='answer_says_something')],
            },
        ),
        migrations.CreateModel(
            name='InsightNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='insight')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('based_on', models.ManyToManyField(blank=True, related_name='insights', to='dossier.dossieranswer')),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='insights', to='dossier.dossierimport')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='insights', to='dossier.dossier')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='insight_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(choices=[('brief', 'Meeting brief'), ('plan_goal', 'Goal of the plan'), ('proposal', 'Proposal')], max_length=9)),
                ('ref', models.CharField(max_length=60)),
                ('label', models.CharField(blank=True, max_length=250)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('answer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='dossier.dossieranswer')),
                ('insight', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='dossier.insightnote')),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('insight', None)), fields=('answer', 'place', 'ref'), name='an_answer_cited_once_a_place'), models.UniqueConstraint(condition=models.Q(('answer', None)), fields=('insight', 'place', 'ref'), name='an_insight_cited_once_a_place'), models.CheckConstraint(condition=models.Q(('answer', None), ('insight', None), _connector='XOR'), name='citation_of_one_thing')],
            },
        ),
        migrations.CreateModel(
            name='OwnQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(max_length=40, verbose_name='group')),
                ('title', models.CharField(max_length=300, verbose_name='question')),
                ('weight', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3)], verbose_name='weight')),
                ('ttl_months', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='an answer lasts, months')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='own_questions', to='dossier.dossierimport')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='own_questions', to='dossier.dossier')),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('weight__gte', 1), ('weight__lte', 3)), name='own_question_weighs_1_to_3'), models.CheckConstraint(condition=models.Q(('ttl_months__gte', 1)), name='own_question_answer_lasts'), models.UniqueConstraint(condition=models.Q(('archived_at', None)), fields=('dossier', 'title'), name='one_own_question_of_a_title', violation_error_message='This is asked already.')],
            },
        ),
        migrations.CreateModel(
            name='AnswerFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.CharField(max_length=40)),
                ('question', models.CharField(blank=True, max_length=40)),
                ('name', models.CharField(max_length=250, verbose_name='file')),
                ('path', models.CharField(max_length=250)),
                ('kind', models.CharField(max_length=8)),
                ('size', models.BigIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='dossier.dossier')),
            ],
            options={
                'ordering': ['group', 'question', 'name', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('dossier', 'group', 'question', 'digest'), name='a_file_once_a_question')],
            },
        ),
    ]
