"""What is stored of what we know: dossiers, answers with their history, insights, files."""

from kamerton.domain.dossier.models.answers import AnswerFile as AnswerFile
from kamerton.domain.dossier.models.answers import Citation as Citation
from kamerton.domain.dossier.models.answers import DossierAnswer as DossierAnswer
from kamerton.domain.dossier.models.answers import InsightNote as InsightNote
from kamerton.domain.dossier.models.answers import Source as Source
from kamerton.domain.dossier.models.dossiers import OWN as OWN
from kamerton.domain.dossier.models.dossiers import Dossier as Dossier
from kamerton.domain.dossier.models.dossiers import OwnQuestion as OwnQuestion
from kamerton.domain.dossier.models.imports import DossierImport as DossierImport
