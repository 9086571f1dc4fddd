"""Sin lista: cada cosa sabe cuál está debajo."""


class Pila:
    def __init__(self):
        self.arriba, self.cuantas = None, 0

    def __len__(self):
        return self.cuantas

    def apilar(self, cosa):
        self.arriba, self.cuantas = (cosa, self.arriba), self.cuantas + 1

    def cima(self):
        if self.arriba is None:
            raise IndexError("la pila está vacía")
        return self.arriba[0]

    def sacar(self):
        cosa = self.cima()
        self.arriba, self.cuantas = self.arriba[1], self.cuantas - 1
        return cosa
