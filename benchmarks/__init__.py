"""What is measured, each as a ratio to something everyone has, taken in the same run: `python -m benchmarks.single`."""
