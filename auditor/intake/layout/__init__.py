"""Layout: where the table stands in a sheet, and which way it runs."""
