"""Las comprobaciones de Pila: cada una crea objetos, los cambia y compara lo que responden."""

from autograder.checks import points


def con(program, cosas):
    """Una pila nueva con estas cosas, la última encima."""
    pila = program.Pila()
    for cosa in cosas:
        pila.apilar(cosa)
    return pila


@points(1)
def test_ultimo_primero(agree, rng):
    r"""El último que entra es el primero que sale."""
    cosas = rng.permutation(6).tolist()

    def ask(program):
        pila = con(program, cosas)
        return [pila.sacar() for _ in cosas]

    agree(ask)


@points(1)
def test_cima(agree, rng):
    r"""La cima es lo último que se puso, y preguntar no cambia nada."""
    cosas = rng.permutation(4).tolist()

    def ask(program):
        pila = con(program, cosas)
        return pila.cima(), pila.cima(), len(pila), pila.sacar()

    agree(ask)


@points(1)
def test_cuantas(agree, rng):
    r"""`len` cuenta lo que hay, no lo que hubo."""
    cosas = rng.permutation(5).tolist()

    def ask(program):
        pila = con(program, cosas)
        antes = len(program.Pila()), len(pila)
        pila.sacar()
        return antes, len(pila)

    agree(ask)


@points(1)
def test_dos_pilas(agree, rng):
    r"""Dos pilas no saben nada la una de la otra."""
    cosas = rng.permutation(7).tolist()

    def ask(program):
        una, otra = con(program, cosas[:3]), con(program, cosas[3:])
        return una.sacar(), len(otra), otra.sacar(), len(una)

    agree(ask)


@points(1)
def test_mezcla(agree, rng):
    r"""Poner y sacar se pueden mezclar."""
    pasos = rng.integers(0, 3, size=20).tolist()

    def ask(program):
        pila, salen = con(program, ["fondo"]), []
        for numero, paso in enumerate(pasos):
            if paso:
                pila.apilar(numero)
            elif len(pila):
                salen.append(pila.sacar())
        return salen, len(pila)

    agree(ask)


@points(1)
def test_vacia(agree):
    r"""De una pila vacía no se puede sacar nada."""
    agree.raises(IndexError, lambda program: program.Pila().sacar())


@points(1)
def test_vacia_sin_cima(agree, rng):
    r"""Una pila vacía no tiene cima, tampoco si antes la tuvo."""
    cosa = int(rng.integers(100))

    def ask(program):
        pila = con(program, [cosa])
        pila.sacar()
        return pila.cima()

    agree.raises(IndexError, ask)
