"""gradecheck: exercises and quizzes that grade themselves, in which every wrong answer is explained."""
