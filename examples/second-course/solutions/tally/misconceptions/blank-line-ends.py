r"""The program stops reading at the first line of blanks. Perhaps you took that for the end: someone who types ends
with an empty line, often.

Of `9`, an empty line and `10` it counts one number; there are two.

The input ends where nothing more can be read, and a `for` loop over `sys.stdin` ends just there.
"""
import sys

numbers = []
for line in sys.stdin:
    if not line.strip():
        break
    numbers.append(int(line))
print("count", len(numbers))
if numbers:
    print("largest", max(numbers))
    print(f"mean {sum(numbers) / len(numbers):.2f}")
