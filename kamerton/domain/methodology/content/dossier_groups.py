"""Plain: the whole dossier as shipped: 13 groups asked of all, then those of the packs."""

from kamerton.domain.methodology.content.dossier_business import BUSINESS_GROUPS
from kamerton.domain.methodology.content.dossier_packs import DOSSIER_PACKS, PACK_GROUPS
from kamerton.domain.methodology.content.dossier_relations import RELATION_GROUPS

DOSSIER_GROUPS = (*BUSINESS_GROUPS, *RELATION_GROUPS, *PACK_GROUPS)

__all__ = ["DOSSIER_GROUPS", "DOSSIER_PACKS"]
