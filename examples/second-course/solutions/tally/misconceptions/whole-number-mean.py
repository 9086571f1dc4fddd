r"""The mean is worked out with `//`, which drops what is behind the point. Perhaps you thought that whole numbers
have a whole mean.

Of 9 and 10 it prints `mean 9.00`; halfway between them is 9.5.

`//` rounds down; which operator keeps the fraction?
"""
import sys

numbers = [int(line) for line in sys.stdin if line.strip()]
print("count", len(numbers))
if numbers:
    print("largest", max(numbers))
    print(f"mean {sum(numbers) // len(numbers):.2f}")
