"""Everyone in a class, from whichever table an instructor has: Canvas's gradebook, Moodle's worksheet, GitHub
Classroom's grades, or a list with any of `id`, `login`, `email`, `name`, `section`, `group`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.language import tr, tr_n
from autograder.roster import canvas_gradebook, moodle_worksheet
from autograder.roster.people import Person, is_shortened, marks, squeeze, undressed, without_shared_marks
from autograder.roster.sheet import Row, Sheet, UnusableSheet, read_sheet

#: A column's meaning, by how lists and systems call it in English, German, Spanish, French, Italian, Portuguese, Dutch,
#: and by the commonest words of others.
_CALLED = {
    "id": (
        "id", "studentid", "sid", "sisid", "sisuserid", "userid", "idnumber", "studentnumber", "orgdefinedid",
        "universityid", "institutionalidentifier", "rollnumber", "rollno", "registrationnumber", "matrikelnummer",
        "matrikelnr", "matrnr", "immatrikulationsnummer", "institutionsnummer", "studentennummer", "idnummer",
        "numerodeid", "matricula", "numerodidentification",
        "numeroetudiant", "matricola", "numerodematricula", "studentnummer", "studienummer",
        "numerindeksu", "osobnicislo", "öğrencino", "öğrencinumarası", "学号", "學號", "学籍番号", "学生番号", "학번",
    ),
    "login": (
        "login", "loginid", "netid", "displayid", "username", "sisloginid", "githubusername", "rosteridentifier",
        "identifier", "user", "benutzername", "anmeldename", "kennung", "nombredeusuario", "usuario", "nomdutilisateur",
        "identifiant", "nomeutente", "nomedeusuario", "nomedeutilizador", "gebruikersnaam", "brugernavn", "brukernavn",
        "användarnamn", "käyttäjätunnus", "nazwaużytkownika", "uživatelskéjméno", "kullanıcıadı", "логин", "用户名",
        "ユーザ名", "ユーザー名", "아이디",
    ),
    "email": (
        "email", "emailaddress", "studentemail", "mail", "emailadresse", "direcciondecorreo", "correo",
        "correoelectronico", "adressedecourriel", "courriel", "adressemail", "adresseemail",
        "indirizzoemail", "enderecodeemail", "emailadres", "epost", "epostadresse", "epostadress", "mailadresse",
        "sähköposti", "sähköpostiosoite", "adresemail", "emailováadresa", "eposta", "epostaadresi",
        "адресэлектроннойпочты", "электроннаяпочта", "почта", "电子邮件", "电子邮件地址", "邮箱", "電子郵件",
        "メールアドレス", "이메일", "이메일주소",
    ),
    "name": (
        "name", "fullname", "student", "studentname", "displayname", "rosteridentifier", "identifier",
        "vollstandigername", "nombre", "nombrecompleto", "alumno", "estudiante", "nom", "nomcomplet", "etudiant",
        "nome", "nomecompleto", "studente", "aluno", "estudante", "naam", "volledigenaam", "navn", "fulltnavn",
        "fuldenavn", "namn", "nimi", "kokonimi", "imięinazwisko", "celéjméno", "jménoapříjmení", "adsoyad", "adısoyadı",
        "фио", "имяифамилия", "姓名", "全名", "氏名", "名前", "이름", "성명",
    ),
    "last": (
        "lastname", "surname", "familyname", "last", "nachname", "familienname", "apellido", "apellidos",
        "cognome", "sobrenome", "apelido", "achternaam", "etternavn", "efternavn", "efternamn", "sukunimi", "nazwisko",
        "příjmení", "soyad", "soyadı", "фамилия", "姓", "성",
    ),
    "first": (
        "firstname", "givenname", "first", "vorname", "prenom", "voornaam", "fornavn", "förnamn", "etunimi", "imię",
        "jméno", "ad", "adı", "имя", "名",
    ),
    "section": (
        "section", "sections", "sectionname", "labsection", "seccion", "kurs", "klasse", "classe", "turma",
        "übungsgruppe", "tutorium", "groupetd", "groupedetd", "班级", "班級", "クラス", "반",
    ),
    "group": (
        "group", "groupname", "groups", "team", "teamname", "gruppe", "grupo", "groupe", "equipo", "equipe",
        "gruppo", "squadra", "groep", "grupp", "ryhmä", "grupa", "skupina", "grup", "группа", "小组", "小組", "组",
        "グループ", "그룹",
    ),
    "canvas": ("canvasuserid",),
    "github": ("githubusername",),
}  # fmt: skip
#: A full name, or the one of two names that has no column of its own: `Name;Vorname`, `Nombre;Apellidos`.
_EITHER = frozenset({"name", "nom", "nombre", "nome", "naam", "navn", "namn", "이름"})

#: Lines about the class, as systems and spreadsheets have them above or below the students, in the same languages.
_SUMS = frozenset({
    "average", "classaverage", "mean", "median", "total", "grandtotal", "sum", "points", "pointspossible", "date",
    "duedate", "count", "students", "totalstudents", "numberofstudents", "standarddeviation",
    "durchschnitt", "klassendurchschnitt", "mittelwert", "summe", "gesamt", "anzahl", "punkte", "datum",
    "promedio", "promediodelaclase", "media", "suma", "puntos", "fecha", "moyenne", "moyennedelaclasse", "somme",
    "somma", "totale", "punti", "soma", "pontos", "gemiddelde", "totaal", "punten",
})  # fmt: skip
#: What a title adds in brackets; and a line that somebody wrote between the students: an id after `#` has no blank.
_REMARK, _COMMENT = re.compile(r"[(\[].*?[)\]]"), re.compile(r"#.*\s.*[^\W\d_]")
#: The sum behind the word for it; the number in a login has no blank before it.
_FIGURE = re.compile(r"\s[\d.,]+\Z")
#: One of these a list needs.
_TELLING = frozenset({"id", "login", "email", "name", "last", "canvas"})


def read_class(path: Path, tell: Callable[[str], object] = print) -> list[Person]:
    """Read everyone in a table, each once; tell what was guessed. Raises UnusableSheet where it is none of those."""
    sheet = read_sheet(path)
    if remark := sheet.remark():
        tell(remark)
    if said := _shortened(sheet):
        tell(said)
    if canvas_gradebook.is_one(sheet):
        people = canvas_gradebook.read(sheet).people
    elif moodle_worksheet.is_one(sheet):
        people = moodle_worksheet.read(sheet).people
    else:
        people = _listed(sheet)
    if not people:
        raise UnusableSheet(tr("{path}: there is nobody in it. Give a table with a line for each student.", path=path))
    return without_shared_marks(_once(people))


def _shortened(sheet: Sheet) -> str:
    """Say that ids are no ids any more, for nobody is found by them."""
    places = [at for meaning in ("id", "login", "canvas") for at in columns(sheet).get(meaning, ())]
    found = [(row, row[at].strip()) for row in sheet.rows for at in places if is_shortened(row[at])]
    if not found:
        return ""
    row, first = found[0]
    return tr_n(
        "{where}: a spreadsheet shortened the id {id!r}, so nobody is found by it. Give the table as it was before.",
        "{where}: a spreadsheet shortened the id {id!r}, {n:,} in all, so nobody is found by these. Give the table as"
        " it was before.",
        len(found), where=sheet.where(row), id=first,
    )  # fmt: skip


def _once(people: Sequence[Person]) -> list[Person]:
    """Everyone once: who is in two groups or sections can have two lines."""
    found: dict[object, Person] = {}
    for each in people:
        who = (each.names, each.systems, each.marks, each.numbers)
        first = found.setdefault(who, each)
        found[who] = replace(
            first,
            groups=first.groups | each.groups,
            team=first.team or each.team,
            loose=first.loose and each.loose,
            section=_both(first.section, each.section),
        )
    return list(found.values())


def _both(section: str, other: str) -> str:
    """The sections of one who is in several, as Canvas writes them."""
    there = section.split(", ")
    return section if other in there else ", ".join(filter(None, (section, other)))


def columns(sheet: Sheet) -> dict[str, list[int]]:
    """A list's columns by their meaning."""
    return _meanings(sheet.columns)


def _meanings(titles: Sequence[str]) -> dict[str, list[int]]:
    words = {meaning: set(map(_letters, names)) for meaning, names in _CALLED.items()}
    called = _without_remarks(titles, set().union(*words.values()))
    found = {meaning: [at for at, name in enumerate(called) if name in words[meaning]] for meaning in words}
    if "name" in called and "student" in called:  # as in grades.csv, where a student is a key
        found["login"] += [at for at in found["name"] if called[at] == "student"]
        found["name"] = [at for at in found["name"] if called[at] != "student"]
    shared = set(map(_letters, _EITHER))
    either = [at for at in found["name"] if called[at] in shared]
    for one, other in (("first", "last"), ("last", "first")):
        if either and found[one] and not found[other]:
            found[other], found["name"] = either, [at for at in found["name"] if at not in either]
            break
    return {meaning: places for meaning, places in found.items() if places}


def _without_remarks(titles: Sequence[str], known: set[str]) -> list[str]:
    """The titles' letters; those in brackets (`Name (Last, First)`) only where nothing is called so without them."""
    called, bare = [_letters(each) for each in titles], [_letters(_REMARK.sub("", each)) for each in titles]
    return [
        short if whole not in known and bare.count(short) == 1 else whole
        for whole, short in zip(called, bare, strict=True)
    ]


def _letters(title: str) -> str:
    """A title's letters alone, without accents."""
    return "".join(filter(str.isalpha, unicodedata.normalize("NFKD", title.casefold())))


def _listed(sheet: Sheet) -> list[Person]:
    places = columns(sheet)
    if not places.keys() & _TELLING:
        if sheet.above and _meanings([sheet.above[0][0]]).keys() & _TELLING:
            raise UnusableSheet(
                tr(
                    "{where}: line {first} names one column, {column}, and there are {n} cells here. Put quotes around"
                    " a cell with {delimiter!r} in it: {cell}.",
                    where=sheet.where(sheet.header),
                    first=sheet.above[0].number,
                    column=sheet.above[0][0].strip(),
                    n=len(sheet.header),
                    delimiter=sheet.delimiter,
                    cell='"' + sheet.delimiter.join(sheet.header.written).strip().replace('"', '""') + '"',
                )
            )
        raise UnusableSheet(
            tr(
                "{where}: there is no column id, login, email or name, and it is neither Canvas's "
                "gradebook nor Moodle's worksheet. Name the columns in the first line.",
                where=sheet.where(sheet.header),
            )
        )
    rows = [row for row in sheet.rows if not _COMMENT.match(row[0].strip())]
    people = [person for row in rows if (person := person_of(row, places)) is not None]
    while people and _is_the_class(people[0]):
        people.pop(0)
    while people and _is_the_class(people[-1]):
        people.pop()
    return people


def _is_the_class(each: Person) -> bool:
    """Whether nothing but the word for a sum or a date, perhaps with it, names somebody: among the students it is a
    student's name.
    """
    words = {squeeze(_FIGURE.sub("", name)) for name in (*each.names, *each.marks)}
    return not each.systems and words <= _SUMS


def person_of(row: Row, places: dict[str, list[int]]) -> Person | None:
    """One line of a list as a person; None where it tells of nobody."""

    def cells(*meanings: str) -> list[str]:
        return [text for meaning in meanings for at in places.get(meaning, ()) if (text := row[at].strip())]

    name = ", ".join(cells("last")[:1] + cells("first")[:1]) if "last" in places else ""
    names = tuple(dict.fromkeys(each for each in (*cells("name"), name) if any(map(str.isalpha, each))))
    known = marks(*cells("login", "id", "email"))
    systems = frozenset((system, value) for system in ("canvas", "github") for value in cells(system)[:1])
    if not (names or known or systems):
        return None
    team = _first(cells("group"))
    section = _first(cells("section"))
    handles = (
        *(undressed(_first(cells(meaning))) for meaning in ("login", "id", "email")),
        *(names[:1] or ("",)),
        _first(cells("canvas")),
    )
    # Moodle's list of participants has all groups of one in a cell.
    groups, loose = frozenset({team, *re.split(r"[,;] ", team)} - {""}), "group" in places and not team
    return Person(names, systems, known, groups=groups, team=team, section=section, loose=loose, handles=handles)


def _first(texts: Sequence[str]) -> str:
    return texts[0] if texts else ""
