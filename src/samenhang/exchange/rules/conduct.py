"""What is looked for in free text while somebody writes: belief, and what a service is said to have said.

Words that speak of belief, descent, clothing or worship: then one asks for conduct.

Such a word alone is a reason for nothing (Gw 6; Wet PGA art. 1 and 8), and may be part of what somebody
did or threatened, so it is never forbidden. It is looked for while a form is filled in and forgotten
with it: nothing stores that it was there.
"""

import re

from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused

# Dutch and English, of every conviction alike. Countries are not here: people travel.
_SPEAKS = re.compile(
    r"""\b(?:
    # where and how people worship
      moskee(?:ën|bezoek\w*)? | mosques? | kerk(?:en|bezoek\w*|dienst\w*)? | church(?:es)?
    | synagog(?:e|es|en|ues?) | tempels? | temples? | gebed(?:en|sruimte)? | bid(?:t|den)?
    | prays? | praying | prayers? | preek | preken | sermons? | koran | quran | bijbel | bible | torah?
    | ramadh?an | imams? | dominees? | pastoors? | priesters? | priests? | rabbi(?:jn|s)?
    # what they wear
    | baard(?:en)? | beards? | bearded | djellab[ae]?s? | jellab(?:a|iya)s? | hoofddoek(?:en|je)?
    | headscar(?:f|ves) | hijabs? | ni[qk]aa?bs? | boerka'?s? | burqas? | keppel(?:tje)?s? | kippahs?
    | tulband(?:en)? | turbans? | kruisje | gewaad | gewaden
    # what they are, or became
    | moslim(?:a|s|a's)? | muslims? | islam(?:itisch\w*|ic)? | christe(?:n|nen|lijk\w*) | christians?
    | jood(?:se?)? | joden | jew(?:s|ish)? | hindoe(?:s|ïs\w+)? | hindus? | boeddhis\w+ | buddhis\w+
    | salafis\w+ | orthodox\w* | (?:streng)?gelovig\w* | geloof | godsdienst\w* | religi\w+ | faith
    | believers? | atheïst\w* | atheists? | bekeer(?:d|de|ling\w*) | converts? | converted
    # where their family is from
    | afkomst | etni\w+ | ethni\w+ | descent | ras | race | huidskleur | skin\s+colou?r | allochto\w+
    | marokkaan\w* | marokkanen | moroccans? | turk(?:en|se?)? | turkish | surina(?:mer|ams)\w*
    | antillia\w+ | somali(?:ër|sch)\w* | somalis? | arabi(?:er|sch)\w* | arabs? | tsjetsjeen\w*
    | chechens? | roma | zigeuner\w*
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


# A service quoted, and not a service that happens to be named: somebody may film its building.
_QUOTES = re.compile(
    r"""\b(?:
      (?:volgens|according\s+to|aldus)\s+(?:de\s+|the\s+)?(?:[AM]IVD|inlichtingendienst\w*|intelligence\s+service)
    | (?:[AM]IVD|inlichtingendienst\w*|intelligence\s+service)\s+
      (?:zegt|zei|meldt|meldde|stelt|weet|schrijft|bericht|says|said|reports?|reported|knows|writes|wrote)
    | (?:informatie|bericht|information|word)\s+(?:van|uit|of|from)\s+(?:de\s+|the\s+)?[AM]IVD
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


class OnlyByOfficialMessage(Refused):
    code = "only-by-official-message"
    status = 422


def check_no_service_quoted(text: str) -> None:
    """Raises OnlyByOfficialMessage (Wiv 2017 art. 66; CTIVD 57 and 67)."""
    if _QUOTES.search(text):
        raise OnlyByOfficialMessage(
            _(
                "What a service says comes in as an official message alone, with its number and what the "
                "service says of its reliability. Its addressee registers it."
            )
        )


def asks_conduct(*texts: str) -> bool:
    """Whether one should ask what the person did, and in what context."""
    return any(_SPEAKS.search(text) for text in texts)


def with_answer(text: str, answer: str) -> str:
    """The text as it is kept: the answer is part of it, in the writer's own words."""
    return f"{text}\n\n{answer.strip()}" if answer.strip() else text
