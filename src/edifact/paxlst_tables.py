"""The segments of a PAXLST as the guide has them: read, written and compiled from here."""

from edifact.table import Table

HEAD = Table("""
    BGM+{code}+{function}
    RFF+TN:{transaction}
    NAD+MS+++{reporting_party}
    COM+{contact}:{contact_kind}
""")
FLIGHT = Table("""
    TDT+20+{flight}+++{carrier}
    LOC+125+{departure_airport}
    DTM+189:{departs_at}:{departs_form}
    LOC+87+{arrival_airport}
    DTM+232:{arrives_at}:{arrives_form}
""")
PERSON = Table("""
    NAD+{kind}+++{surname}:{given_names_raw}+{street}+{city}+{region}+{postcode}+{country}
    ATT+2++{sex}
    DTM+329:{birth_date}
    MEA+CT++:{bag_count}
    MEA+WT++KGM:{bag_weight_kg}
    GEI+{capture_list}+{capture_code}
    FTX+BAG+++{bag_tag}
    LOC+22+{border_crossing}
    LOC+174+{residence}
    LOC+178+{embarkation}
    LOC+179+{debarkation}
    LOC+180+{birth_place}
    COM+{contact}:{contact_kind}
    EMP+1+{crew_role}:110:111
    NAT+2+{nationality}
    RFF+AVF:{record_locator}
    RFF+ABO:{reference}
    RFF+AEA:{government_reference}
    RFF+CR:{customer_reference}
    RFF+SEA:{seat}
    RFF+YZY:{ticket}
""")
DOCUMENT = Table("""
    DOC+{type}:110:111+{number}
    DTM+36:{expiry}
    LOC+91+{issuer}
""")
END = Table("""
    CNT+42:{passengers}
    CNT+41:{crew}
""")
# US-EDIFACT, before D.02B, has a passenger in one segment.
AMERICAN = Table("""
    PDT+{document}:{expiry}:{issuer}+{surname}:{given}:{middle}:{birth_date}:{sex}+{kind}+{from}:{to}
""")

KINDS = {
    "FL": "passenger",
    "FM": "crew",
    "DDT": "crew in transit",
    "DDU": "passenger in transit",
}
