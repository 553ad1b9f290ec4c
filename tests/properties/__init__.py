"""Random small worlds in which the product and the reference must say the same."""
