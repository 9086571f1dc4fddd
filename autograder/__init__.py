"""gradecheck: an automatically graded course on vanishing gradients, in which every wrong answer is explained."""
