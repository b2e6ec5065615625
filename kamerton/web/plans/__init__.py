"""Pages of perspective plans and plans of a period."""
