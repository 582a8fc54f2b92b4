"""Finds personal data before sharing: identity numbers, phone numbers, e-mail addresses.

Names are not detected: no list or rule can distinguish *Björk* the person from *Björk* the street.
Read the text before you share it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from email_validator import EmailNotValidError, validate_email
from personnummer import personnummer
from phonenumbers import PhoneNumberMatcher

from models.report import Report
from pipeline.checking.consistency import Finding, Kind, Place, where

CANDIDATE = re.compile(r"(?<!\d)(?:\d{2})?\d{6}\s?[-–+]?\s?\d{4}(?!\d)")
"""Ten or twelve digits, written like personal identity numbers, possibly cut by a line end."""

_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\"]{1,64}@[^\s@<>()\[\],;:\"]{1,255}")
_BIRTH = re.compile(r"\d{6}\s?[-–+]\s?\d{4}")
"""Written like an identity number; even with a wrong digit, it is not taken for a phone number."""
_COUNTRY = "SE"
_DIGITS = re.compile(r"\d")
_SHOWN_DIGITS = 3


def personal_data(reports: Sequence[Report]) -> Iterator[Finding]:
    """Yields identity numbers with valid date and check digit, phone numbers and e-mail addresses.

    Findings are masked, so that the list itself can be shared: only the date of an identity number,
    the first three digits of a phone number, and the part of an address after the @ are shown.
    """
    for report in reports:
        for field, text, place in _texts(report):
            for kind, shown in _found(text):
                yield Finding(kind, f"{shown} in {field}", (place,))


def _found(text: str) -> Iterator[tuple[Kind, str]]:
    personal = numbers(text)
    for number in personal:
        yield Kind.PERSONAL_NUMBER, re.sub(r"\d{4}$", "****", number)
    for phone in phones(text):
        if not any(phone in number for number in personal):
            yield Kind.PHONE_NUMBER, _masked(phone)
    for address in addresses(text):
        yield Kind.EMAIL, f"***@{address.rpartition('@')[2]}"


def _masked(phone: str) -> str:
    """A phone number with all but its first digits replaced by asterisks."""
    shown = [match.end() for match in _DIGITS.finditer(phone)][_SHOWN_DIGITS - 1]
    return phone[:shown] + _DIGITS.sub("*", phone[shown:])


def phones(text: str) -> list[str]:
    """Returns the phone numbers in a text that can be dialled from Sweden, as written."""
    if not _DIGITS.search(text):
        return []
    found = (match.raw_string for match in PhoneNumberMatcher(text, _COUNTRY))
    return [
        phone
        for phone in found
        if phone[0] in "0+(" and "/" not in phone and not _BIRTH.fullmatch(phone)
    ]


def addresses(text: str) -> list[str]:
    """Returns the syntactically valid e-mail addresses in a text, as written."""
    if "@" not in text:
        return []
    candidates = (found.rstrip(".!?'”’") for found in _ADDRESS.findall(text))
    return [address for address in candidates if _is_address(address)]


def _is_address(candidate: str) -> bool:
    try:
        validate_email(candidate, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def numbers(text: str) -> list[str]:
    """Returns the valid personal identity numbers in a text, as written."""
    return [found for found in CANDIDATE.findall(text) if _is_valid(found)]


def _is_valid(candidate: str) -> bool:
    bare = re.sub(r"\s", "", candidate).replace("–", "-")
    valid: bool = personnummer.valid(bare)
    return valid


def _texts(report: Report) -> Iterator[tuple[str, str, Place]]:
    """Yields all text of a report that is stored in the datasets."""
    own = where(report)
    yield "source", report.source, own
    yield "title", report.title, own
    yield "organisation", report.organisation, own
    yield "preamble", report.preamble, own
    for section in report.sections:
        yield f"title of {section.section}", section.title, own
        yield f"instruction of {section.section}", section.instruction, own
    for answer in report.answers:
        for field in ("question", "detail", "answer", "comment"):
            yield field, getattr(answer, field), where(report, answer)
    for problem in report.problems:
        yield "problem", problem.message, own
