"""Peers that need an environment of their own; started by bench/screening_peers.py, which it answers.

    uv venv PEERS && uv pip install --python PEERS nomenklatura scipy rapidfuzz metaphone

Reads the data folder from the command line, then a request a line, `["logic-v2", 0, 200]` or
`["gtas", 0, 2000]`: an engine and the queries first:last. Answers each with a line of JSON: queries a
second of its own process time, and of each query whether anybody and whether the true person was found.
`["gtas", 0, 2000, true]` asks for scores instead, with dates of birth or by name alone: of each query the
highest of anybody and that of the true person.
"""

import json
import re
import sys
import time
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from followthemoney.proxy import EntityProxy
from metaphone import doublemetaphone
from nomenklatura.matching import get_algorithm
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

BEST = 20
SEXES = {"M": ["male"], "F": ["female"]}
# GTAS's QuickMatch as its description has it.
ALIKE, YEARS = 0.95, 3
# Where its threshold is left open: who resembles less has no score.
LOOSE = 0.75


def plain(name: str) -> str:
    return re.sub(r"[^A-Z]+", " ", name.upper()).strip()


def grams(name: str) -> Iterator[str]:
    for part in plain(name).split():
        part = f"_{part}_"
        yield from (part[i : i + 3] for i in range(len(part) - 2))


class LogicV2:
    """nomenklatura's logic-v2 on the best 20 persons of an index of three letters (TF-IDF, cosine)."""

    def __init__(self, listed: list[dict[str, Any]]) -> None:
        self.algorithm = get_algorithm("logic-v2")
        self.config = self.algorithm.default_config()
        self.persons = [self.person(row["id"], row["names"], row["dobs"], row["sex"]) for row in listed]
        self.undated = [self.person(row["id"], row["names"], [], row["sex"]) for row in listed]
        self.starts = np.cumsum([0, *(len(row["names"]) for row in listed)])[:-1]
        self.vocabulary: dict[str, int] = {}
        names = [name for row in listed for name in row["names"]]
        counts = self.counted(names, True)
        self.worth = np.log(len(names) / np.maximum(1, np.asarray(counts.sum(0)).ravel()))
        weighed = counts @ sp.diags(self.worth)
        size = np.sqrt(np.asarray(weighed.multiply(weighed).sum(1)).ravel())
        self.index = (sp.diags(1 / np.maximum(size, 1e-6)) @ weighed).T.tocsr().astype(np.float32)

    def counted(self, names: list[str], grow: bool) -> Any:
        rows, columns = [], []
        for i, name in enumerate(names):
            for gram in sorted(set(grams(name))):
                at = self.vocabulary.get(gram, -1)
                if at < 0 and grow:
                    at = self.vocabulary[gram] = len(self.vocabulary)
                if at >= 0:
                    rows.append(i)
                    columns.append(at)
        shape = (len(names), len(self.vocabulary))
        return sp.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)

    @staticmethod
    def person(key: str, names: list[str], dates: list[str], sex: str) -> EntityProxy:
        fields = {"name": names, "birthDate": dates, "gender": SEXES.get(sex, [])}
        properties = {name: texts for name, texts in fields.items() if texts}
        return EntityProxy.from_dict({"id": key, "schema": "Person", "properties": properties})

    def best(self, asked: list[dict[str, Any]]) -> list[list[int]]:
        weighed = (self.counted([row["name"] for row in asked], False) @ sp.diags(self.worth)).astype(
            np.float32
        )
        near = np.maximum.reduceat((weighed @ self.index).toarray(), self.starts, axis=1)
        return np.argpartition(-near, BEST, axis=1)[:, :BEST].tolist()

    def screen(self, asked: list[dict[str, Any]]) -> list[list[int]]:
        found = []
        for row, near in zip(asked, self.best(asked), strict=True):
            dates = [row["dob"]] if row["dob"] else []
            one = self.person(row["qid"], [row["name"]], dates, row["sex"])
            scores = [(self.algorithm.compare(one, self.persons[i], self.config).score, i) for i in near]
            found.append([i for score, i in sorted(scores, reverse=True) if score >= 0.7])
        return found

    def weigh(self, asked: list[dict[str, Any]], dated: bool) -> Iterator[dict[int, float]]:
        """The scores of the best 20 of each."""
        listed = self.persons if dated else self.undated
        for row, near in zip(asked, self.best(asked), strict=True):
            dates = [row["dob"]] if dated and row["dob"] else []
            one = self.person(row["qid"], [row["name"]], dates, row["sex"])
            yield {i: self.algorithm.compare(one, listed[i], self.config).score for i in near}


class Gtas:
    """US-CBP GTAS QuickMatch, made again from its description and not its code, on sorted parts.

    Jaro-Winkler of .95, and either the same date of birth, or equal double metaphones and at most three
    years between the births. rapidfuzz compares, so it is far faster than the original.
    """

    def __init__(self, listed: list[dict[str, Any]]) -> None:
        self.names = [self.ordered(name) for row in listed for name in row["names"]]
        self.owner = [i for i, row in enumerate(listed) for _ in row["names"]]
        self.dates = [row["dobs"] for row in listed]

    @staticmethod
    def ordered(name: str) -> str:
        return " ".join(sorted(plain(name).split()))

    def screen(self, asked: list[dict[str, Any]]) -> list[list[int]]:
        found: list[list[int]] = []
        for start in range(0, len(asked), 500):
            block = asked[start : start + 500]
            names = [self.ordered(row["name"]) for row in block]
            near = process.cdist(
                names,
                self.names,
                scorer=JaroWinkler.similarity,
                score_cutoff=ALIKE,
                dtype=np.float32,
                workers=1,
            )
            answers: list[set[int]] = [set() for _ in block]
            for i, j in zip(*(one.tolist() for one in np.nonzero(near)), strict=True):
                person = self.owner[j]
                if any(
                    self.agree(names[i], self.names[j], block[i]["dob"], date) for date in self.dates[person]
                ):
                    answers[i].add(person)
            found += map(sorted, answers)
        return found

    def weigh(self, asked: list[dict[str, Any]], dated: bool) -> Iterator[dict[int, float]]:
        """Jaro-Winkler instead of its threshold, where the rule on dates holds; by name alone without it."""
        for start in range(0, len(asked), 500):
            block = asked[start : start + 500]
            names = [self.ordered(row["name"]) for row in block]
            near = process.cdist(
                names, self.names, scorer=JaroWinkler.similarity, dtype=np.float32, workers=1
            )
            for i, row in enumerate(block):
                found: dict[int, float] = {}
                for j in np.flatnonzero(near[i] >= LOOSE).tolist():
                    person = self.owner[j]
                    if near[i, j] > found.get(person, 0.0) and (
                        not dated
                        or any(
                            self.agree(names[i], self.names[j], row["dob"], date)
                            for date in self.dates[person]
                        )
                    ):
                        found[person] = float(near[i, j])
                yield found

    @staticmethod
    def agree(one: str, other: str, asked: str, listed: str) -> bool:
        if asked and asked == listed:
            return True
        near = bool(asked) and abs(int(asked[:4]) - int(listed[:4])) <= YEARS
        return near and sounds(one) == sounds(other)


@lru_cache(maxsize=65_536)
def sounds(name: str) -> str:
    return str(doublemetaphone(name)[0])


def main() -> None:
    data = Path(sys.argv[1])
    listed, asked = (
        [json.loads(line) for line in (data / name).read_text().splitlines()]
        for name in ("watchlist_real.jsonl", "queries_dev.jsonl")
    )
    engines = {"logic-v2": LogicV2(listed), "gtas": Gtas(listed)}
    keys = [row["id"] for row in listed]
    for request in sys.stdin:
        engine, first, last, *dated = json.loads(request)
        some = asked[first:last]
        if dated:
            scores = list(engines[engine].weigh(some, dated[0]))
            top = [max(one.values(), default=0.0) for one in scores]
            hit = [
                max((score for i, score in one.items() if keys[i] == row["label"]), default=0.0)
                for row, one in zip(some, scores, strict=True)
            ]
            sys.stdout.write(json.dumps({"top": top, "hit": hit}) + "\n")
            sys.stdout.flush()
            continue
        begun = time.process_time()
        found = engines[engine].screen(some)
        speed = len(some) / (time.process_time() - begun)
        true = [
            any(listed[i]["id"] == row["label"] for i in one) for row, one in zip(some, found, strict=True)
        ]
        answer = {"qps": speed, "any": [bool(one) for one in found], "true": true}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
