"""The sales ledger."""
