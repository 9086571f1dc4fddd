"""Keeps nothing but a sum, a count and a maximum, and stops at EOFError."""

count = total = 0
largest = None
while True:
    try:
        line = input().strip()
    except EOFError:
        break
    if line != "":
        number = int(line)
        count, total = count + 1, total + number
        if largest is None or number > largest:
            largest = number
if count == 0:
    print("count 0")
else:
    print("count {}\nlargest {}\nmean {:.2f}".format(count, largest, total / count))
