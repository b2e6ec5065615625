"""Pages of the buying centre."""
