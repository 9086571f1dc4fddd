"""Reads whole numbers from standard input, one on a line, and prints how many, the largest and their mean."""
# Write your program here.
