"""How long `svar open` takes for a view of many answers, on the server, in one process.

    python -m benchmarks.web --answers 10000

Prints the milliseconds of each view the first time and, as the median of `--rounds`, later; and
each as a ratio to reading the reports' rows from the datasets once, which is measured in the same
run, so that machines can be compared.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import httpx

from extractors.rules import builtin_forms
from extractors.themes import builtin_taxonomy
from pipeline.checking.stored import read_reports
from pipeline.web.app import create_app
from pipeline.web.desk import Desk
from tests.correction_helpers import read
from tests.web_helpers import TOKEN, publish

ROWS = 40
VIEWS = {
    "overview": "/",
    "next to review": "/review?order=worst",
    "sample": "/review?order=sample&n=60&seed=7",
    "answers": "/answers",
    "answers, by text": "/answers?text=sspf+punkt",
    "themes": "/themes",
    "theme": "/themes/sspf",
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--answers", type=int, default=10_000)
    arguments.add_argument("--rounds", type=int, default=9)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = publish(Path(folder), *_reports(given.answers))
        begun = time.perf_counter()
        list(read_reports(out))
        reading = time.perf_counter() - begun
        desk, opening = _timed(lambda: Desk(out, "Kim", builtin_forms(), builtin_taxonomy()))
        print(f"{given.answers} answers; reading their rows once: {1000 * reading:.0f} ms")
        print(f"{'opening':18}{1000 * opening:8.0f} ms {opening / reading:6.2f}")
        asyncio.run(_measure(desk, given.rounds, reading))


def _reports(count: int) -> list:
    line = "{n} | Fråga nummer {n}? | {answer} | Vi deltar i SSPF varje månad, punkt {n}.\n"
    text = "".join(line.format(n=n, answer=("Ja", "Nej", "Delvis")[n % 3]) for n in range(1, 41))
    model = read(f"# Nämnd\n{text}")
    answers = tuple(
        replace(a, flags=("cut",) if a.position % 5 == 0 else ()) for a in model.answers
    )
    return [
        replace(
            model, report_id=f"{n:016x}", source=f"{n}.txt", organisation=f"Nämnd {n}",
            answers=answers,
        )
        for n in range(count // ROWS)
    ]  # fmt: skip


def _timed(work: Callable[[], object]) -> tuple[object, float]:
    begun = time.perf_counter()
    result = work()
    return result, time.perf_counter() - begun


async def _measure(desk: object, rounds: int, reading: float) -> None:
    app = create_app(desk, TOKEN)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(
        transport=transport, base_url="http://127.0.0.1", follow_redirects=True
    ) as client:
        await client.get(f"/language?to=sv&token={TOKEN}&back=/themes")
        for name, address in VIEWS.items():
            times = []
            for _ in range(1 + rounds):
                begun = time.perf_counter()
                response = await client.get(address)
                times.append(time.perf_counter() - begun)
                assert response.status_code == 200, (name, response.status_code)
            later = statistics.median(times[1:])
            print(
                f"{name:18}first {1000 * times[0]:6.0f} ms {times[0] / reading:6.2f}   "
                f"later {1000 * later:6.0f} ms {later / reading:6.2f}"
            )


if __name__ == "__main__":
    main()
