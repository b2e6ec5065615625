"""The method: versioned thresholds, weights and switches."""
