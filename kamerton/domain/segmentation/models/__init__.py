"""What is stored of who is key: computed standings, evidence, decisions."""

from kamerton.domain.segmentation.models.company_keys import CompanyKey as CompanyKey
from kamerton.domain.segmentation.models.company_keys import KeyDecision as KeyDecision
from kamerton.domain.segmentation.models.evidence import CriterionEvidence as CriterionEvidence
from kamerton.domain.segmentation.models.evidence import ImprovementCaused as ImprovementCaused
from kamerton.domain.segmentation.models.evidence import WalletEstimate as WalletEstimate
from kamerton.domain.segmentation.models.manager_keys import (
    InfluenceAssessment as InfluenceAssessment,
)
from kamerton.domain.segmentation.models.manager_keys import ManagerKey as ManagerKey
from kamerton.domain.segmentation.models.standings import Restatement as Restatement
from kamerton.domain.segmentation.models.standings import Standing as Standing
from kamerton.domain.segmentation.models.white_space import WhiteSpaceMark as WhiteSpaceMark
