r"""The largest line is looked for before the lines become numbers. Perhaps you thought that text of digits compares
as the numbers do.

Of 9 and 10 it prints `largest 9`: text is compared letter by letter, as in a dictionary, and "9" comes after "1".

What has to happen to a line before it can be compared as a number?
"""
import sys

lines = [line.strip() for line in sys.stdin if line.strip()]
print("count", len(lines))
if lines:
    print("largest", max(lines))
    print(f"mean {sum(map(int, lines)) / len(lines):.2f}")
