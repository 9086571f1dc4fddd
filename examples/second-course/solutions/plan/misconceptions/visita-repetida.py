r"""Aquí, antes de cada tarea, se anotan todas las que le hacen falta, aunque ya estén anotadas. Quizá pensaste que
a cada tarea se llega por un solo camino.

Si `freír` y `hervir` esperan las dos a `pelar`, tu plan dice `pelar` dos veces.

¿Cómo sabes, al llegar a una tarea, si ya está en el plan?
"""


def plan(antes):
    orden = []

    def anotar(tarea, camino):
        if tarea in camino:
            raise ValueError("hay un círculo")
        for otra in antes[tarea]:
            anotar(otra, [*camino, tarea])
        orden.append(tarea)

    for tarea in antes:
        if tarea not in orden:
            anotar(tarea, [])
    return orden
