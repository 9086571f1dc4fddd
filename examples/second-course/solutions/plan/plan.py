"""Anota lo que ya se puede hacer, y vuelve a mirar, hasta que no quede nada."""


def plan(antes):
    orden = []
    while len(orden) < len(antes):
        listas = [tarea for tarea in antes if tarea not in orden and set(antes[tarea]) <= set(orden)]
        if not listas:
            raise ValueError("las tareas se esperan unas a otras")
        orden.extend(listas)
    return orden
