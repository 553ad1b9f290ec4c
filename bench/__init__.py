"""The benchmark: what the product costs beside reading the columns, a hand-written query, and pandas."""
