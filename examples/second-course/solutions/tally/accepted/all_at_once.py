"""Reads all of the input at once, in a main function."""

import sys
from statistics import mean


def main():
    numbers = list(map(int, sys.stdin.read().split()))
    print(f"count {len(numbers)}")
    if numbers:
        print(f"largest {sorted(numbers)[-1]}\nmean {mean(numbers):.2f}")


if __name__ == "__main__":
    main()
