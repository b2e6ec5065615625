"""Pages of probation: the plan, weekly checkpoints, the verdict."""
