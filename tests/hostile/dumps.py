"""Text dumps in which one thing is repeated many times."""

from __future__ import annotations

from collections.abc import Callable

_OPENING = "1 Trygghet i stadsdelen\n\n1.1 Trygga platser\n\n"
_HEAD = "Uppföljningsfrågor Svarsalternativ med kommentar\n\n"
_WIDE_HEAD = "Uppföljningsfrågor                   Svarsalternativ med kommentar\n\n"
_QUESTION = "Har nämnden vidtagit åtgärder för trygga platser under året?\n\n"
_ANSWERED = f"{_OPENING}{_HEAD}{_QUESTION}Ja\n\n"
_ROW = f"{_QUESTION}Ja\n\nNämnden har bytt belysning vid skolan och samverkar med polisen.\n\n"


def rows(count: int) -> str:
    """Rows that are all alike."""
    return _OPENING + _HEAD + _ROW * count


def references(count: int) -> str:
    """Rows, each with a reference of its own in the detail of its question."""
    return (
        _OPENING
        + _HEAD
        + "".join(
            "Har nämnden följt upp arbetet med platsen?\n\n"
            f"Strategi {number // 9 + 1}:{number % 9 + 1} Arbetet ska vara långsiktigt.\n\nJa\n\n"
            f"Plats nummer {number} har följts upp.\n\n"
            for number in range(count)
        )
    )


def paragraphs(count: int) -> str:
    """One comment of many paragraphs."""
    return (
        _ANSWERED + "Nämnden har bytt belysning vid skolan och samverkar med polisen.\n\n" * count
    )


def blank_answers(count: int) -> str:
    """Questions that nobody answered."""
    return _OPENING + _HEAD + _QUESTION * count


def requests(count: int) -> str:
    """Questions that ask without a question mark."""
    return (
        _OPENING
        + _HEAD
        + "Beskriv hur nämnden arbetar med trygga platser.\n\nNämnden vandrar i området.\n\n"
        * count
    )


def bullets(count: int) -> str:
    """One comment that is a long list."""
    return _ANSWERED + "• bättre belysning vid skolan\n" * count


def hyphens(count: int) -> str:
    """One paragraph whose lines all end with a hyphen."""
    return _ANSWERED + "".join(
        f"Nämnden har vid {number} tillfällen sett över belys-\nningen i parken.\n"
        for number in range(count)
    )


def heads(count: int) -> str:
    """Table heads with nothing below them."""
    return _OPENING + _HEAD + _ROW + _HEAD * count


def lines(count: int) -> str:
    """One paragraph of many lines."""
    return (
        _ANSWERED
        + "Nämnden har bytt belysning vid skolan och har\nsamverkat med polisen i området.\n"
        * count
    )


def sections(count: int) -> str:
    """Sections that count up, each with a row."""
    return "1 Trygghet\n\n" + "".join(
        f"1.{number} Trygga platser i område {number}\n\n{_HEAD}{_ROW}"
        for number in range(1, count + 1)
    )


def bare_sections(count: int) -> str:
    """Headings that count up with nothing between them, before one row."""
    return "".join(f"{number} Trygga platser\n\n" for number in range(1, count + 1)) + _HEAD + _ROW


def numbers(count: int) -> str:
    """A comment in which every paragraph looks like a heading."""
    return _ANSWERED + "".join(f"1.{number % 7 + 1} Trygga platser\n\n" for number in range(count))


def questions(count: int) -> str:
    """One cell that asks again and again."""
    return _OPENING + _HEAD + "Har nämnden bytt belysning?\n" * count + "\nJa\n\nDet är gjort.\n"


def answers(count: int) -> str:
    """Answers without a question."""
    return _OPENING + _HEAD + _QUESTION + "Ja\n\nNej\n\n" * count


def blanks(count: int) -> str:
    """Endless empty lines."""
    return _OPENING + _HEAD + _ROW + "\n" * 20 * count + _ROW


def pages(count: int) -> str:
    """Pages of one line."""
    return (
        _OPENING
        + _HEAD
        + _ROW
        + "\f".join(
            f"Göteborgs Stad sida {number}\nNämnden följer upp arbetet.\n"
            for number in range(count)
        )
    )


def columns(count: int) -> str:
    """Rows whose columns are laid out with spaces."""
    row = (
        "Har nämnden vidtagit åtgärder        Ja\n"
        "för trygga platser?                  Nämnden har bytt belysning vid\n"
        "                                     skolan.\n\n"
    )
    return _OPENING + _WIDE_HEAD + row * count


def column_paragraphs(count: int) -> str:
    """One comment of many paragraphs in a column that is laid out with spaces."""
    row = (
        "Har nämnden vidtagit åtgärder        Ja\n"
        "för trygga platser?                  Nämnden har bytt belysning vid\n"
        "                                     skolan.\n\n"
    )
    more = "                                     Nämnden har bytt belysning vid skolan.\n\n"
    return _OPENING + _WIDE_HEAD + row * 3 + more * count


def one_line(count: int) -> str:
    """One paragraph on one line."""
    return _ANSWERED + "Nämnden har bytt belysning vid skolan. " * count


def one_word(count: int) -> str:
    """One word of many letters."""
    return _ANSWERED + "belysning" * count


def capitals(count: int) -> str:
    """A line full of marks and openings, which slow patterns down."""
    return _ANSWERED + "( [x] • - 1. a) :: .. -- " * count


def sentence(count: int) -> str:
    """One sentence over many lines, which never ends."""
    return _ANSWERED + "Nämnden har " + "bytt belysning vid skolan och\n" * count


def hyphenated(count: int) -> str:
    """One sentence whose lines all end with a hyphen."""
    return _ANSWERED + "Nämnden har " + "bytt belys-\nning vid skolan och barn-\n" * count


def addresses(count: int) -> str:
    """One address over many lines."""
    return _ANSWERED + "Se https://" + "exempel.se/uppfoljning/\n" * count


def instructions(count: int) -> str:
    """Labels of instructions with nothing below them."""
    return _OPENING + _HEAD + _ROW + "Anvisning\n\n" * count


def notices(count: int) -> str:
    """Notices that a board was not asked."""
    return _OPENING + "Ska ej besvaras av Parknämnden.\n\n" * count + _HEAD + _ROW


def notes(count: int) -> str:
    """Pages with a footnote each."""
    return (
        _OPENING
        + _HEAD
        + "\f".join(f"{_ROW}1 Planen antogs av fullmäktige i mars.\n" for _ in range(count))
    )


def details(count: int) -> str:
    """A question cell of many references before a comment of many references."""
    detail = "Strategi 1:1 Arbetet ska vara långsiktigt.\n\n"
    return _OPENING + _HEAD + _ROW * 3 + _QUESTION + detail * count + "Ja\n\n" + detail * count


def tight_requests(count: int) -> str:
    """Requests without an empty line between them and the text above."""
    return (
        _OPENING
        + _HEAD
        + _ROW * 3
        + _QUESTION
        + "Ja\n\n"
        + "Nämnden vandrar i området.\nBeskriv hur nämnden arbetar med trygga platser.\n" * count
    )


def tight_references(count: int) -> str:
    """Questions that open with their reference, without empty lines between them."""
    return (
        _OPENING
        + _HEAD
        + _ROW * 3
        + _QUESTION
        + "Ja\n\n"
        + "".join(
            f"{number // 9 + 1}:{number % 9 + 1} Har nämnden bytt\nbelysning?\nArbetet pågår\n"
            for number in range(count)
        )
    )


def question_marks(count: int) -> str:
    """One question cell full of question marks."""
    return (
        _OPENING
        + _HEAD
        + _ROW * 3
        + "Har nämnden bytt belysning (eller? om inte? varför? när?) eller planerat\n"
        + "att göra det, och i så fall (hur? vem?) eller kanske\n" * count
        + "om något har gjorts?\n\nJa\n\nDet är gjort.\n\n"
    )


def page_numbers(count: int) -> str:
    """Page numbers one after the other."""
    return (
        _OPENING
        + _HEAD
        + _ROW
        + "".join(
            f"Nämnden har bytt\n\nStadens uppföljning\nSida {number} ({count})\n"
            for number in range(1, count + 1)
        )
        + _ROW
    )


def chapters(count: int) -> str:
    """Chapters of sections that count up, each with a row."""
    made, chapter = [], 0
    for number in range(count):
        if number % 90 == 0:
            chapter += 1
            made.append(f"{chapter} Trygghet\n\n")
        made.append(f"{chapter}.{number % 90 + 1} Trygga platser\n\n{_HEAD}{_ROW}")
    return "".join(made)


def contents(count: int) -> str:
    """An endless table of contents."""
    return (
        "Innehåll\n\n"
        + "".join(
            f"{number % 90 + 1} Trygga platser ........ {number}\n" for number in range(count)
        )
        + "\n"
        + _OPENING
        + _HEAD
        + _ROW
    )


DUMPS: dict[str, Callable[[int], str]] = {
    made.__name__.replace("_", " "): made
    for made in (
        rows, references, paragraphs, blank_answers, requests, bullets, hyphens, heads, lines,
        sections, bare_sections, numbers, questions, answers, blanks, pages, columns,
        column_paragraphs, one_line, one_word, capitals,
        sentence, hyphenated, addresses, instructions, notices, notes, details, tight_requests,
        tight_references, question_marks, page_numbers, chapters, contents,
    )
}  # fmt: skip
"""What is repeated, by name; each function takes the number of repetitions."""
