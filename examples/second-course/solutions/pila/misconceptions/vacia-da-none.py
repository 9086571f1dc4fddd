r"""Aquí una pila vacía responde `None`. Quizá pensaste que así el programa que la usa no se para.

Pero `None` también se puede apilar: tras `pila.apilar(None)`, quien recibe `None` no sabe si estaba vacía. Y el error
se nota mucho más tarde, lejos de donde se cometió.

Lo que no tiene respuesta se dice con una excepción. ¿Qué lanza ya una lista vacía cuando se le pide su último elemento?
"""


class Pila:
    def __init__(self):
        self._cosas = []

    def __len__(self):
        return len(self._cosas)

    def apilar(self, cosa):
        self._cosas.append(cosa)

    def cima(self):
        return self._cosas[-1] if self._cosas else None

    def sacar(self):
        return self._cosas.pop() if self._cosas else None
