"""Plain: numbers in, numbers out; no Django, no files, no database; usable from a notebook."""
