"""Answers that their own comment contradicts. Few and right: precision comes first.

The cases were judged by reading, before the code was run on them.
"""

from pathlib import Path

import pytest

from extractors.themes import builtin_taxonomy, contradictions, tag
from models.report import Answer, Problem, Severity

CONTRADICT = [
    (
        "Har hänsyn tagits till trygghet vid fysisk planering?",
        "yes",
        "Trygghet vägs inte i tillräcklig grad in vid fysisk planering. Metoder finns.",
    ),
    (
        "Arbetar ni med brottsoffer- och vittnesstöd?",
        "yes",
        "Förvaltningen arbetar inte specifikt med brottsoffer- och vittnesstöd.",
    ),
    ("Genomför ni trygghetsvandringar?", "yes", "Trygghetsvandringar har inte genomförts i år."),
    ("Deltar ni i EST?", "yes", "Vår EST har avvecklats."),
    (
        "Har ni förstärkt era kontroller?",
        "yes",
        "Vi har inte förstärkt våra kontroller under året.",
    ),
    ("Erbjuds föräldrastöd?", "no", "Vi har föräldrastöd i alla stadsdelar."),
    ("Finns en åtgärdsplan?", "no", "Förvaltningen har tagit fram en åtgärdsplan som används."),
    (
        "Har ni stärkt samverkan med civilsamhället?",
        "no",
        "Under året har samverkan med civilsamhället fördjupats, och arbetet pågår.",
    ),
]
AGREE = [
    ("Arbetar ni med brottsofferstöd?", "no", "Förvaltningen arbetar inte med brottsofferstöd."),
    (
        "Har ni utvecklat ert drogförebyggande arbete?",
        "yes",
        "Det drogförebyggande arbetet har utvecklats. I dag finns ingen ANDTS-samordnare.",
    ),
    (
        "Har ni kartlagt otrygga platser?",
        "yes",
        "Platser kartläggs stegvis. Trygga områden kartläggs inte vidare.",
    ),
    (
        "Har ni en gemensam rutin för tidiga insatser?",
        "no",
        "Det finns ingen gemensam rutin, däremot flera insatser. Tidiga insatser är viktiga.",
    ),
    (
        "Analyseras narkotika i avloppsvatten?",
        "no",
        "Analys av avloppsvatten görs inte här. En analys har gjorts för hela staden.",
    ),
    (
        "Motverkar ni parallella samhällsstrukturer?",
        "yes",
        "Det finns inga parallella samhällsstrukturer i området, men vi arbetar förebyggande.",
    ),
    ("Motverkar ni hatbrott?", "yes", "Inga hatbrott har anmälts under året."),
    ("Deltar ni i SSPF?", "no", "SSPF hanteras av socialförvaltningen."),
    ("Deltar ni i SSPF?", "no", "Frågan om SSPF berör inte vårt bolag."),
    ("Deltar ni i SSPF?", "yes", "Inte minst SSPF är viktigt."),
    ("Deltar ni i SSPF?", "partly", "Vi deltar inte i SSPF."),
    ("Deltar ni i SSPF?", "no", "Vi planerar att gå med i SSPF nästa år."),
    ("Deltar ni i SSPF?", "no", ""),
    ("Deltar ni i SSPF?", "yes", "SSPF kommer att fortsätta som i dag."),
    ("Är ert arbete kunskapsbaserat?", "yes", "Arbetet utgår från lägesbilden."),
    (
        "Är ert arbete kunskapsbaserat?",
        "no",
        "Bolaget har inget eget arbete inom området.",
    ),
    (
        "Har ni säkrat er kompetens?",
        "yes",
        "Alla chefer har gått utbildningen. Behovet är inte mindre än tidigare.",
    ),
    (
        "Erbjuds föräldrastöd?",
        "no",
        "Föräldrastöd erbjuds av stadsdelens familjecentral, men inte av oss.",
    ),
    (
        "Har ni stärkt näringslivets delaktighet?",
        "yes",
        "Näringslivet är med i styrgruppen. Övriga företag har ännu inte svarat.",
    ),
    (
        "Erbjuds familjebehandling?",
        "yes",
        "Familjebehandling ges på bistånd. Grannkommunen har inte familjebehandling.",
    ),
]


def judged(question: str, code: str, comment: str) -> list[Problem]:
    words = {"yes": "Ja", "no": "Nej", "partly": "Delvis", "not_applicable": "Ej aktuellt"}
    answer = Answer(
        7, "1.1", "1.1/#1", None, question, "", words[code], code, comment, page_first=3
    )
    taxonomy = builtin_taxonomy()
    return contradictions([answer], tag([answer], taxonomy), taxonomy)


@pytest.mark.parametrize("case", CONTRADICT, ids=lambda case: case[2][:40])
def test_a_contradiction_is_found_with_its_sentence(case):
    (problem,) = judged(*case)
    assert (problem.code, problem.position, problem.page) == ("contradiction", 7, 3)
    assert problem.severity is Severity.WARNING
    evidence = problem.message.rpartition("“")[2].rstrip("”")
    assert evidence in case[2]


@pytest.mark.parametrize("case", AGREE, ids=lambda case: case[2][:40])
def test_what_agrees_is_not_flagged(case):
    assert judged(*case) == []


PAIRS = [
    line.split(" | ")
    for line in (Path(__file__).parent / "themes" / "contradiction_pairs.txt")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("#")
]


def test_precision_and_recall_on_a_hundred_pairs():
    said = [(verdict == "contradicts", bool(judged(q, code, c))) for verdict, code, q, c in PAIRS]
    right = sum(true and found for true, found in said)
    assert len(said) == 100
    assert right / sum(found for _, found in said) >= 0.9
    assert right / sum(true for true, _ in said) >= 0.6
