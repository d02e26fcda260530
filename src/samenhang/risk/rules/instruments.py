"""Instruments: read under a schema, refused when they are about conviction, and never counted with."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator, FormatChecker

from samenhang.foundation.errors import Refused
from samenhang.foundation.language import language

# Every indicator may be answered with it: it needs no statement, and says nothing.
UNKNOWN = "unknown"
LARGEST = 500_000  # bytes of a pack
TWO_PEOPLE = 2


class NotAnInstrument(Refused):
    """The file is not an instrument that may be used here. The message names every fault."""

    code = "not-an-instrument"
    status = 422


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing to look for. levels: codes of its scale, without ``unknown``."""

    code: str
    domain: str
    kind: str
    label: Mapping[str, str]
    levels: Mapping[str, Mapping[str, str]]

    def level_label(self, code: str) -> str:
        return str(_("Unknown")) if code == UNKNOWN else worded(self.levels[code])


@dataclass(frozen=True, slots=True)
class Instrument:
    """One version of an instrument. judgement: the words of the overall judgement, in the owner's order."""

    id: str
    version: str
    owner: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    validated: bool
    licence: Mapping[str, str]
    accreditation: str
    youngest: int
    meant_for: Mapping[str, str]
    not_for: Mapping[str, str]
    validity_months: int
    bias_review: Mapping[str, Any]
    domains: Mapping[str, Mapping[str, str]]
    indicators: tuple[Indicator, ...]
    sections: tuple[str, ...]
    judgement: Mapping[str, Mapping[str, str]]
    digest: str

    def __str__(self) -> str:
        return f"{worded(self.title)} {self.version}"

    @property
    def key(self) -> tuple[str, str]:
        return self.id, self.version

    def judgement_label(self, code: str) -> str:
        return worded(self.judgement[code])


def worded(words: Mapping[str, str]) -> str:
    """Words of an instrument in the language of the reader; English when there is no Dutch."""
    return words[language()]


def read(data: bytes) -> Instrument:
    """The instrument in this file. Raises NotAnInstrument with every fault."""
    if len(data) > LARGEST:
        raise NotAnInstrument(_("This file is too large for an instrument."))
    try:
        content = json.loads(data)
    except ValueError:
        raise NotAnInstrument(_("This file is no JSON.")) from None
    validator = Draft202012Validator(_schema(), format_checker=FormatChecker())
    faults = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(content)]
    faults = faults or [*_disagreements(content), *_about_conviction(content)]
    if faults:
        raise NotAnInstrument(_("This is no instrument that may be used here: %s") % "; ".join(faults))
    return _made(content, hashlib.sha256(data).hexdigest())


@cache
def bundled() -> Instrument:
    """The only instrument that comes with this product: its own reflection guide."""
    return read(_data("instruments", "reflection-guide.json"))


def _made(content: Mapping[str, Any], digest: str) -> Instrument:
    scales = {
        name: {level["code"]: level["label"] for level in levels}
        for name, levels in content["scales"].items()
    }
    return Instrument(
        id=content["id"],
        version=content["version"],
        owner=content["owner"],
        title=content["title"],
        about=content["about"],
        validated=content["validated"],
        licence=content["licence"],
        accreditation=content["accreditation"],
        youngest=content["population"]["youngest"],
        meant_for=content["population"]["for"],
        not_for=content["population"]["not_for"],
        validity_months=content["validity_months"],
        bias_review=content["bias_review"],
        domains={one["code"]: one["label"] for one in content["domains"]},
        indicators=tuple(
            Indicator(one["code"], one["domain"], one["kind"], one["label"], scales[one["scale"]])
            for one in content["indicators"]
        ),
        sections=tuple(content["sections"]),
        judgement={one["code"]: one["label"] for one in content["judgement"]},
        digest=digest,
    )


def _disagreements(content: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong between the parts."""
    domains = {one["code"] for one in content["domains"]}
    for one in content["indicators"]:
        if one["domain"] not in domains:
            yield _("indicator %s names a domain that is not there") % one["code"]
        if one["scale"] not in content["scales"]:
            yield _("indicator %s names a scale that is not there") % one["code"]
    for code, times in Counter(one["code"] for one in content["indicators"]).items():
        if times > 1:
            yield _("indicator %s stands there twice") % code


def _about_conviction(content: Mapping[str, Any]) -> Iterator[str]:
    """Indicators about what somebody is or lawfully does, by their tags or by their words."""
    refused = json.loads(_data("refused.json"))
    for one in content["indicators"]:
        tags = set(one.get("tags", ()))
        words = {
            word.strip(".,;:()'’\"").casefold() for text in one["label"].values() for word in text.split()
        }
        found = sorted((tags & set(refused["tags"])) | (words & set(refused["words"])))
        reviewed = len(set(one.get("reviewed_by", ()))) >= TWO_PEOPLE
        if found and not (refused["allowed_when"] in tags and reviewed):
            yield _(
                "indicator %(code)s is about what somebody is or lawfully does (%(words)s), and not about"
                " the justification of violence as reviewed by two named people"
            ) % {"code": one["code"], "words": ", ".join(found)}


@cache
def _schema() -> Any:
    return json.loads(_data("schema", "instrument.json"))


def _data(*path: str) -> bytes:
    return files("samenhang.risk").joinpath("data", *path).read_bytes()
