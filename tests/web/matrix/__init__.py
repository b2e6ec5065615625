"""Who may open what: one module an area, each with ROWS (see tests/web/test_matrix.py)."""
