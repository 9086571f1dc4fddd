"""Las comprobaciones de plan. Hay muchos planes buenos: no se comparan con uno, se comprueba lo que todos cumplen."""

from autograder.checks import points


def es_un_plan(antes, orden):
    """Si cada tarea está una vez, y ninguna delante de una que hay que hacer antes."""
    if not isinstance(orden, list) or sorted(map(str, orden)) != sorted(antes):
        return False
    return all(orden.index(otra) < orden.index(tarea) for tarea, otras in antes.items() for otra in otras)


def planear(agree, antes, frase):
    agree.that(lambda program: program.plan(antes), lambda orden: es_un_plan(antes, orden), frase)


def tareas(rng, cuantas):
    """Nombres cortos en un orden cualquiera."""
    return [f"t{numero}" for numero in rng.permutation(cuantas).tolist()]


@points(1)
def test_cadena(agree, rng):
    r"""Una cadena tiene un solo orden, y el diccionario se queda como estaba."""
    orden = tareas(rng, 6)
    antes = {tarea: orden[lugar - 1 : lugar] if lugar else [] for lugar, tarea in enumerate(orden)}
    revuelto = {tarea: antes[tarea] for tarea in reversed(orden)}
    agree("plan", revuelto, keep_arguments=True)


@points(1)
def test_dos_caminos(agree, rng):
    r"""A una tarea se llega por dos caminos, y está en el plan una sola vez."""
    a, b, c, d = tareas(rng, 4)
    planear(
        agree,
        {d: [b, c], c: [a], b: [a], a: []},
        f"{d} espera a {b} y a {c}, y las dos esperan a {a}: cada una va una vez, detrás de las que espera.",
    )


@points(1)
def test_pocas_no_es_pronto(agree, rng):
    r"""Quien espera a una sola tarea no va por eso delante."""
    a, b, c, d = tareas(rng, 4)
    planear(agree, {a: [b], b: [c, d], c: [], d: []}, f"{a} espera a {b}, y {b} a {c} y a {d}: {a} va la última.")


@points(1)
def test_cualquiera(agree, rng):
    r"""Con muchas tareas, ninguna va delante de una que le hace falta."""
    orden = tareas(rng, 12)
    antes = {
        tarea: rng.choice(orden[:lugar], size=min(lugar, 3), replace=False).tolist()
        for lugar, tarea in enumerate(orden)
    }
    revuelto = {tarea: antes[tarea] for tarea in rng.permutation(orden).tolist()}
    planear(agree, revuelto, "De doce tareas, cada una debe estar una vez, detrás de las que espera.")


@points(1)
def test_circulo(agree, rng):
    r"""Si las tareas se esperan en círculo, no hay plan."""
    a, b, c, d = tareas(rng, 4)
    agree.raises(ValueError, "plan", {a: [], b: [a, d], c: [b], d: [c]})


@points(1)
def test_sueltas(agree, rng):
    r"""Sin esperas vale cualquier orden, y sin tareas el plan está vacío."""
    sueltas = {tarea: [] for tarea in tareas(rng, 5)}
    planear(agree, sueltas, "Cinco tareas que no esperan a ninguna van todas en el plan, en el orden que sea.")
    agree("plan", {})
