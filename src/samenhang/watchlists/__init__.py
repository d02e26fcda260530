"""Watchlists: alerts and lists, screening runs, hits, and their review by people.

Words: an *alert* is one person whom the police or the marechaussee asks for, with a
legal basis, the criteria met, the action allowed, whom to call and a day of review; an
*official list* (UN, OFAC) is published for everybody and serves account screening alone,
after a named person approved it; a *run* compares waiting passengers with the active
alerts; a *hit* is a resemblance of two records, a *judgement* what a person made of it;
a *remembered false hit* is a keyed fingerprint, so that the same pair is not asked twice.

Always true:

* a resemblance of records is never a finding about a person: no score leaves the hit;
* passengers are compared with active alerts only. Lifted, or past its day of review,
  means not compared. Nationality is shown beside nationality and never compared;
* what the border police met has a domain, a basis of that day, a ground of a closed list and a description:
  no field for a person; it goes on by a second officer, under a rule of that day alone;
* no hit is lost and none is there twice, wherever a process was stopped;
* nothing leaves before one person judged and a second of the same organisation
  confirmed, and then only to the issuer of the alert, under the rule of that day.

Sanctions lists come in through `publishers`, as their publishers issue them.
"""
