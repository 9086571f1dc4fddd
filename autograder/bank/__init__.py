"""Questions from other systems: read from GIFT and Moodle XML, written as a quiz of a course.

It must not know how quizzes are asked or proved. What can't be taken over is told with its line, and the rest is.
"""
