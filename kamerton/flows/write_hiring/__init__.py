"""Papers of hiring as PDF: the offer for the candidate, the evidence for a verdict."""

from kamerton.flows.write_hiring.evidence import write_evidence
from kamerton.flows.write_hiring.offer import write_offer
from kamerton.flows.write_hiring.paper import Paper

__all__ = ["Paper", "write_evidence", "write_offer"]
