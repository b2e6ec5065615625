"""Pages of candidates: the board, the card, import, calling, the reserve."""
