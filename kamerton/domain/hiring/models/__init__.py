"""What is stored of hiring, cut by noun.

Nothing here names a person in its `str`: the journal keeps it, and a person may be erased.
"""

from kamerton.domain.hiring.models.applications import (
    Application,
    CallAttempt,
    Letter,
    StageChange,
)
from kamerton.domain.hiring.models.candidates import (
    Candidate,
    CandidateFile,
    ClaimCheck,
    Consent,
    Reference,
    TrackRecord,
)
from kamerton.domain.hiring.models.forms import CandidateForm
from kamerton.domain.hiring.models.imports import CandidateImport
from kamerton.domain.hiring.models.market import (
    DonorCompany,
    MarketPayBenchmark,
    NicheEdge,
    Source,
    StopListCompany,
)
from kamerton.domain.hiring.models.offers import Offer
from kamerton.domain.hiring.models.probation import (
    Checkpoint,
    OnboardingStep,
    ProbationPlan,
    RampPlan,
    TrainingAccount,
)
from kamerton.domain.hiring.models.scorecards import Calibration, Mark, Scorecard, TaskResult
from kamerton.domain.hiring.models.sessions import InterviewSession, Invitation
from kamerton.domain.hiring.models.vacancies import (
    BudgetLine,
    Requirement,
    Vacancy,
    VacancyQuestion,
)

__all__ = [
    "Application",
    "BudgetLine",
    "Calibration",
    "CallAttempt",
    "Candidate",
    "CandidateFile",
    "CandidateForm",
    "CandidateImport",
    "Checkpoint",
    "ClaimCheck",
    "Consent",
    "DonorCompany",
    "InterviewSession",
    "Invitation",
    "Letter",
    "Mark",
    "MarketPayBenchmark",
    "NicheEdge",
    "Offer",
    "OnboardingStep",
    "ProbationPlan",
    "RampPlan",
    "Reference",
    "Requirement",
    "Scorecard",
    "Source",
    "StageChange",
    "StopListCompany",
    "TaskResult",
    "TrackRecord",
    "TrainingAccount",
    "Vacancy",
    "VacancyQuestion",
]
