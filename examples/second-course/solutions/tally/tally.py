"""Collects the numbers first, and prints when the input has ended."""

import sys

numbers = [int(line) for line in sys.stdin if line.strip()]
print("count", len(numbers))
if numbers:
    print("largest", max(numbers))
    print(f"mean {sum(numbers) / len(numbers):.2f}")
