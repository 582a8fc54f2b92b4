"""The sentence that can stand in a report: how right a field is, from which sample."""

from __future__ import annotations

from pipeline.checking.accuracy import Accuracy

FIELD_WORDS = {
    "en": {
        "section": "sections",
        "question": "questions",
        "detail": "details",
        "answer": "answers",
        "comment": "comments",
        "themes": "theme tags",
        "all": "answers with all their fields",
    },
    "sv": {
        "section": "avsnitt",
        "question": "frågor",
        "detail": "detaljer",
        "answer": "svar",
        "comment": "kommentarer",
        "themes": "temamärkningar",
        "all": "svar med alla sina fält",
    },
}
BY_WORDS = {
    "en": {"board": "board", "code": "answer code", "flag": "flag", "theme": "theme"},
    "sv": {"board": "nämnd", "code": "svarskod", "flag": "flagga", "theme": "tema"},
}


def sentence(accuracy: Accuracy, field: str, language: str) -> str:
    """Returns the sentence on one field, in English (`en`) or Swedish (`sv`)."""
    share = accuracy.fields[field]
    word = FIELD_WORDS[language][field]
    drawn = _number(share.judged, language)
    population = _number(accuracy.population, language)
    right = _number(share.right, language)
    per_cent = f"{_per_cent(share.share, language)} %"
    low, high = _per_cent(share.low, language), _per_cent(share.high, language)
    if language == "sv":
        by = f", skiktat efter {BY_WORDS['sv'][accuracy.by]}" if accuracy.by else ""
        weighted = "; viktat till helheten" if accuracy.by else ""
        return (
            f"I ett slumpmässigt stickprov om {drawn} av {population} svar{by} (frö "
            f"{accuracy.seed}) var {right} {word} rätt{weighted}: {per_cent}, 95 % konfidens"
            f"intervall {low} till {high}."
        )
    by = f", stratified by {BY_WORDS['en'][accuracy.by]}" if accuracy.by else ""
    weighted = "; weighted to the whole" if accuracy.by else ""
    return (
        f"In a random sample of {drawn} of {population} answers{by} (seed {accuracy.seed}), "
        f"{right} {word} were right{weighted}: {per_cent}, 95 % interval {low} to {high}."
    )


def remarks(accuracy: Accuracy) -> list[str]:
    """Returns what a reader of the figures must know: what is not judged, and what is left out."""
    left = accuracy.count - accuracy.judged - accuracy.unsure
    found = []
    if left > 0:
        found.append(f"{left} of {accuracy.count} answers of the sample have no verdict yet.")
    if accuracy.unsure:
        found.append(f"{accuracy.unsure} answers are left out: reviewers were unsure.")
    if accuracy.holds != accuracy.population:
        found.append(
            f"The dataset held {accuracy.population} answers when the sample was drawn, and holds "
            f"{accuracy.holds} now: draw a new sample."
        )
    if accuracy.unseen_strata:
        found.append(
            f"{accuracy.unseen_strata} answers of the dataset are in strata with no verdict yet: "
            "the figures say nothing of them."
        )
    return found


def _number(number: int, language: str) -> str:
    """A number with its thousands parted: 1,640 or 1 640 with a hard blank."""
    text = f"{number:,}"
    return text.replace(",", "\u00a0") if language == "sv" else text


def _per_cent(share: float, language: str) -> str:
    """A share in per cent; 100.0 only where it is."""
    text = f"{100 * share:.1f}"
    if text == "100.0" and share < 1:
        text = "99.9"
    return text.replace(".", ",") if language == "sv" else text
