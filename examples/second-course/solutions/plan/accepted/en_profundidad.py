"""En profundidad: antes de anotar una tarea, anota las que le hacen falta."""


def plan(antes):
    orden, abiertas = [], set()

    def anotar(tarea):
        if tarea in orden:
            return
        if tarea in abiertas:
            raise ValueError(f"{tarea} se espera a sí misma")
        abiertas.add(tarea)
        for otra in antes[tarea]:
            anotar(otra)
        orden.append(tarea)

    for tarea in antes:
        anotar(tarea)
    return orden
