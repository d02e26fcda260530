"""`python -m screening evaluate`: files in, files out, and a sentence for a line that cannot be read."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from screening import Entry, Query
from screening.__main__ import main
from screening.lines import entry, merged, query, read

LISTED = [
    {"id": "L1", "names": ["Molly PHANTOMSSON"], "dobs": ["1981-02-03"], "sex": "F", "nats": ["Nowhere"]},
    {
        "id": "L2",
        "names": ["Fantasio VERZONNEN", "Fantasio van der Verzonnen"],
        "dobs": [],
        "sex": "",
        "nats": [],
    },
]
ASKED = [
    {"qid": "1", "name": "MOLLYMRS FANTOMSON", "dob": "1981-02-03", "sex": "F"},
    {"qid": "2", "name": "FANTASIO VERZONEN", "dob": "", "sex": ""},
    {"qid": "3", "name": "BRAM BEDACHT", "dob": "1970-01-02", "sex": "M"},
]
LABELS = {"label": "L1", "kind": "noise", "ops": ["typo"], "of": "L1", "dobkind": "exact"}


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def evaluate(
    folder: Path, asked: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, *more: str
) -> tuple[int, Path]:
    listed, queries = write(folder / "w.jsonl", LISTED), write(folder / "q.jsonl", asked)
    arguments = [
        "--watchlist",
        str(listed),
        "--queries",
        str(queries),
        "--out",
        str(folder / "r.jsonl"),
        *more,
    ]
    monkeypatch.setattr(sys, "argv", ["screening", "evaluate", *arguments])
    return main(), folder / "r.jsonl"


def test_it_writes_matches_with_reasons_that_sum_and_prints_what_it_took(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = evaluate(tmp_path, ASKED, monkeypatch)

    answers = [json.loads(line) for line in out.read_text().splitlines()]
    assert code == 0
    assert [(row["qid"], [found["id"] for found in row["matches"]]) for row in answers] == [
        ("1", ["L1"]),
        ("2", ["L2"]),
        ("3", []),
    ]
    for found in (found for row in answers for found in row["matches"]):
        assert found["score"] == pytest.approx(sum(line["weight"] for line in found["explanation"]))
    figures = json.loads(capsys.readouterr().out)
    assert {
        "queries",
        "seconds",
        "qps",
        "build_seconds",
        "load_seconds",
        "rss_mb",
        "p50_ms",
        "p99_ms",
    } <= set(figures)


def test_labels_change_no_letter_of_the_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, bare = evaluate(tmp_path, ASKED, monkeypatch)
    before = bare.read_bytes()

    _, labelled = evaluate(tmp_path, [{**row, **LABELS} for row in ASKED], monkeypatch, "--threads", "2")

    assert labelled.read_bytes() == before


def test_without_birth_dates_none_is_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, out = evaluate(tmp_path, ASKED, monkeypatch, "--no-birth-date")

    first = json.loads(out.read_text().splitlines()[0])["matches"][0]
    assert [line["how"] for line in first["explanation"] if line["what"] == "birth_date"] == ["unknown"]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"qid": "1"}, "the field 'name' is missing"),
        ({"qid": None, "name": "X"}, "the field 'qid' is not a text"),
        ({"qid": "1", "name": "X", "documents": {"a": 1}}, "the field 'documents' is not a list of texts"),
        ([], "this is no JSON object"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_its_fault(
    row: Any,
    fault: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out = evaluate(tmp_path, [ASKED[0], row], monkeypatch)

    assert code == 2
    assert not out.exists()  # half an answer might be taken for a whole one
    assert sorted(path.name for path in tmp_path.iterdir()) == ["q.jsonl", "w.jsonl"]
    assert f"q.jsonl, line 2: {fault}" in capsys.readouterr().err


def test_what_strangers_write_is_taken_as_they_mean_it(tmp_path: Path) -> None:
    rows = b'\xef\xbb\xbf{"id": 7, "names": "A B", "dobs": 1980, "sex": "m", "nats": null, "x": {}}\r\n\r\n'
    rows += b'{"id": "7", "names": ["A C", null], "dobs": ["19800504", "1980-05-04T00:00"], "sex": "M"}\r\n'
    (tmp_path / "w").write_bytes(rows)
    (tmp_path / "q").write_text(
        '{"qid": 1, "surname": "B", "given": "A", "dob": 1980}\n{"qid": 2, "name": null}'
    )

    assert merged(read(tmp_path / "w", entry)) == [
        Entry("7", ("A B", "A C"), ("1980", "1980-05-04"), "M"),
    ]
    assert list(read(tmp_path / "q", query)) == [Query("1", ("A B",), "1980"), Query("2", ("",))]


def test_an_index_is_built_and_a_file_is_screened_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    listed, queries = write(tmp_path / "w.jsonl", LISTED), write(tmp_path / "q.jsonl", ASKED)
    monkeypatch.setattr(
        sys, "argv", ["", "index", "--watchlist", str(listed), "--folder", str(tmp_path / "i")]
    )
    assert main() == 0
    folder = json.loads(capsys.readouterr().out)["index"]
    arguments = ["--index", folder, "--queries", str(queries), "--out", str(tmp_path / "r.jsonl")]
    monkeypatch.setattr(sys, "argv", ["", "screen", *arguments])

    assert main() == 0

    rows = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text().splitlines()]
    assert [(row["qid"], row["matches"][0]["id"]) for row in rows] == [("1", "L1")]
    assert json.loads(capsys.readouterr().out)["queries"] == 3
