"""Pages: ledger."""
