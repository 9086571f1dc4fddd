r"""Aquí sale siempre lo primero que entró. Eso es una cola, como la del pan; quizá las has confundido.

Si se apilan `1` y `2`, tu `sacar` devuelve `1`, el de más abajo. Y para llegar a él habría que levantar el `2`.

¿En qué extremo de la lista está lo último que se puso?
"""


class Pila:
    def __init__(self):
        self._cosas = []

    def __len__(self):
        return len(self._cosas)

    def apilar(self, cosa):
        self._cosas.append(cosa)

    def cima(self):
        return self._cosas[0]

    def sacar(self):
        return self._cosas.pop(0)
