"""Containers: what a file is made of, and whether it is safe to hand to a reader."""
