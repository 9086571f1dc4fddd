r"""Si unas tareas se esperan a otras en círculo, aquí el programa las recorre una y otra vez, hasta que Python lo
corta con `RecursionError`. Quizá pensaste que siempre hay un orden.

Con `{"huevo": ["gallina"], "gallina": ["huevo"]}` no se puede empezar por ninguna de las dos.

¿Cómo se nota, mientras buscas, que has vuelto a una tarea que todavía no está terminada?
"""


def plan(antes):
    orden = []

    def anotar(tarea):
        if tarea in orden:
            return
        for otra in antes[tarea]:
            anotar(otra)
        orden.append(tarea)

    for tarea in antes:
        anotar(tarea)
    return orden
