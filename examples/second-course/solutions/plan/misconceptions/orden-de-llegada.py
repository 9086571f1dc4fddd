r"""Aquí las tareas quedan en el orden en que están en el diccionario. Quizá pensaste que ya llegan ordenadas.

De `{"tostar": ["cortar"], "cortar": []}` tu programa hace `["tostar", "cortar"]`: se tuesta un pan sin cortar.

El diccionario dice qué va antes de qué, y no en qué orden se hace. ¿Cuál de las dos tareas no espera a ninguna?
"""


def plan(antes):
    return list(antes)
