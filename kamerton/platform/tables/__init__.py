"""Tables in and out: XLSX and CSV."""
