"""Las comprobaciones de biseccion. La función que se pasa se queda aquí, y el programa la llama desde donde corre."""

import math

from autograder.checks import points


@points(1)
def test_crece(agree, rng):
    r"""La raíz de una función que crece."""
    c = float(rng.uniform(2, 60))
    agree("biseccion", lambda x: x**2 - c, 0.0, 8.0)


@points(1)
def test_decrece(agree, rng):
    r"""La raíz de una función que decrece."""
    c = float(rng.uniform(1, 9))
    agree("biseccion", lambda x: c - x, 0.0, 10.0)


@points(1)
def test_justo_ahi(agree, rng):
    r"""La raíz puede ser un extremo, o estar justo en medio."""
    c = float(rng.integers(1, 6))
    agree("biseccion", lambda x: x - c, c, c + 4)
    agree("biseccion", lambda x: x - c, c - 3, c)
    agree("biseccion", lambda x: x - c, c - 2, c + 2)


@points(1)
def test_sin_cambio(agree, rng):
    r"""Con el mismo signo en los dos extremos no hay nada que buscar."""
    c = float(rng.uniform(0.1, 0.4))
    agree.raises(ValueError, "biseccion", lambda x: x * x + c, -1.0, 1.0)
    agree.raises(ValueError, "biseccion", lambda x: -x - c, 0.0, 0.5)


@points(2)
def test_tolerancia(agree, rng):
    r"""El error es como mucho la tolerancia, también si la función es muy plana o muy empinada."""
    for pendiente, nombre in ((1e-6, "una millonésima"), (1e6, "un millón")):
        c = round(float(rng.uniform(1, 9)), 3)
        escrito = str(c).replace(".", ",")
        agree.that(
            lambda program, c=c, k=pendiente: program.biseccion(lambda x: k * (x - c), 0.0, 10.0, 1e-3),
            lambda raiz, c=c: abs(raiz - c) <= 1e-3,
            f"Una recta de pendiente {nombre} vale cero en {escrito}: entre 0 y 10, con un error de 0,001 como mucho.",
        )


@points(1)
def test_dentro(agree, rng):
    r"""La función se llama solo con números del intervalo."""
    c = float(rng.uniform(1, 3))
    agree("biseccion", lambda x: math.sqrt(x) - c, 0.0, 16.0)
