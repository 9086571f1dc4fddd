r"""Aquí va primero la tarea que tiene menos tareas en su lista. Quizá pensaste que quien espera a pocas puede
empezar pronto.

Si `servir` espera solo a `freír`, y `freír` espera a `pelar` y a `cortar`, tu programa pone `servir` (una) delante de
`freír` (dos).

Lo que cuenta no es a cuántas espera una tarea, sino si esas ya están hechas.
"""


def plan(antes):
    orden = sorted(antes, key=lambda tarea: len(antes[tarea]))
    if antes and antes[orden[0]]:
        raise ValueError("no hay por dónde empezar")
    return orden
