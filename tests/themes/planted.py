"""Comments of generated boards with planted terms: what `svar themes suggest` should find."""

from __future__ import annotations

from random import Random

from pipeline.theme_suggest import Comment
from tests.generator.boards import make_board
from tests.generator.content import Table

KNOWN = [
    "drönare",
    "lekplats",
    "husvagn",
    "idrottshall",
    "simskola",
    "moped",
    "tunnelbana",
    "kolloverksamhet",
]
UNKNOWN = [
    "kvartersvärd",
    "medborgarbudget",
    "trygghetsapp",
    "skolgårdslots",
    "rastkompis",
    "torgstuga",
    "ljusstråk",
    "grannfika",
    "tunnelbelysare",
    "lånecykelpool",
]
FRAMES = [
    "Under året har {term} prövats på två platser.",
    "Erfarenheterna av {term} är goda.",
    "Invånarna frågar ofta efter {term} när vi möts.",
    "Tillsammans med skolan utvecklas {term} vidare.",
    "Vi ser att {term} bidrar till ökad trygghet.",
    "Kostnaden för {term} delas med fastighetsbolaget.",
    "Det nya med {term} är att ungdomar själva deltar.",
]


def planted_comments(boards: int = 12) -> list[Comment]:
    """Comments in which each term occurs under one or two questions, from some of the boards."""
    random = Random("planted")
    rows = [
        (board.organisation, row)
        for seed in range(1, boards + 1)
        for board in [make_board(seed)]
        for block in board.blocks
        if isinstance(block, Table)
        for row in block.rows
        if row.comment
    ]
    questions = sorted({row.question for _, row in rows})
    homes = {term: random.sample(questions, 2) for term in [*KNOWN, *UNKNOWN]}
    comments = []
    for organisation, row in rows:
        texts = [" ".join(map(str, row.comment))]
        texts += [
            random.choice(FRAMES).format(term=term)
            for term, home in homes.items()
            if row.question in home and random.random() < 0.6
        ]
        comments.append(Comment(organisation, " ".join(texts), row.question))
    return comments
