"""A sentence for use in a report: the accuracy of a field, and the sample behind it."""

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
        "all": "answers with all fields",
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
    weighted = "; weighted to the whole dataset" if accuracy.by else ""
    return (
        f"In a random sample of {drawn} of {population} answers{by} (seed {accuracy.seed}), "
        f"{right} {word} were right{weighted}: {per_cent}, 95 % confidence interval "
        f"{low} to {high}."
    )


def remarks(accuracy: Accuracy) -> list[str]:
    """Returns caveats for readers of the figures: what is not judged and what is left out."""
    left = accuracy.count - accuracy.judged - accuracy.unsure
    found = []
    if left > 0:
        found.append(f"{left} of {accuracy.count} answers in the sample have no verdict yet.")
    if accuracy.unsure:
        found.append(f"{accuracy.unsure} answers are left out: reviewers were unsure.")
    if accuracy.holds != accuracy.population:
        found.append(
            f"The dataset had {accuracy.population} answers when the sample was drawn and has "
            f"{accuracy.holds} now: draw a new sample."
        )
    if accuracy.unseen_strata:
        found.append(
            f"{accuracy.unseen_strata} answers in the dataset are in strata without a verdict yet: "
            "the figures do not cover them."
        )
    return found


def _number(number: int, language: str) -> str:
    """A number with a thousands separator: 1,640, or 1 640 with a non-breaking space."""
    text = f"{number:,}"
    return text.replace(",", "\u00a0") if language == "sv" else text


def _per_cent(share: float, language: str) -> str:
    """A share in per cent; 100.0 only if it is exactly that."""
    text = f"{100 * share:.1f}"
    if text == "100.0" and share < 1:
        text = "99.9"
    return text.replace(".", ",") if language == "sv" else text
