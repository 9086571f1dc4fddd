"""What a process runs in which programs live without a wall. This file stays empty of imports."""
