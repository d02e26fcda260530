"""A passenger list of evidently fictitious people, to read and to spoil."""

from edifact import Message, read

HEAD = "UNA:+.? 'UNB+UNOA:4+XX:ZZ+PIU:ZZ+260301:0800+77++APIS'UNH+1+PAXLST:D:05B:UN:IATA+A1+01:F'BGM+745+CP'"
FLIGHT = "TDT+20+XX0123A+++XX'LOC+125+AMS'DTM+189:2603010915:201'LOC+87+IST'DTM+232:2603011440:201'"
PERSON = (
    "NAD+FL+++VOORBEELD:TESTJE:MARIA'ATT+2++F'DTM+329:800203'MEA+CT++:2'MEA+WT++KGM:31'GEI+4+173'"
    "FTX+BAG+++XX000998:3'LOC+22+AMS'LOC+178+AMS'LOC+179+IST'NAT+2+UTO'RFF+AVF:ABC123'RFF+ABO:77'"
    "RFF+SEA:12A'DOC+P:110:111+SPECI2014'DTM+36:310101'LOC+91+UTO'"
)
SECOND = "NAD+FM+++MODEL:PIET'ATT+2++M'DTM+329:19700101'NAT+2+UTO'DOC+P+SPECI2015'"
TAIL = "CNT+42:1'UNT+34+1'UNZ+1+77'"
WHOLE = HEAD + FLIGHT + PERSON + SECOND + TAIL


def only(text: str | bytes) -> Message:
    messages = read(text if isinstance(text, bytes) else text.encode())
    assert len(messages) == 1
    return messages[0]


def surnames(message: Message) -> list[str]:
    return [passenger.surname for passenger in message.passengers]
