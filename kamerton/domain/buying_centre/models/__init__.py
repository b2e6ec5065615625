"""What is stored of buying centres."""

from kamerton.domain.buying_centre.models.centres import BuyingCentre as BuyingCentre
from kamerton.domain.buying_centre.models.links import Line as Line
from kamerton.domain.buying_centre.models.links import MatrixCell as MatrixCell
from kamerton.domain.buying_centre.models.members import JUDGED as JUDGED
from kamerton.domain.buying_centre.models.members import Judgement as Judgement
from kamerton.domain.buying_centre.models.members import Member as Member
