"""Una pila: el último que entra es el primero que sale."""


class Pila:
    """Guarda cosas unas encima de otras."""

    def __init__(self):
        raise NotImplementedError("Escribe Pila.")

    def __len__(self):
        """Cuántas cosas hay."""
        raise NotImplementedError("Escribe __len__.")

    def apilar(self, cosa):
        """Pone una cosa encima."""
        raise NotImplementedError("Escribe apilar.")

    def cima(self):
        """Responde qué hay encima, sin quitarlo. Lanza IndexError si no hay nada."""
        raise NotImplementedError("Escribe cima.")

    def sacar(self):
        """Quita lo que hay encima, y lo devuelve. Lanza IndexError si no hay nada."""
        raise NotImplementedError("Escribe sacar.")
