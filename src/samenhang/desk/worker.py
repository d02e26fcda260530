"""What runs by itself: reading, screening, terms. Decides nothing about a person."""

import logging
import threading
from time import monotonic

from django.db import close_old_connections, connection

from samenhang.cases.actions import (
    end_charges_of_who_left,
    end_unlawful_seats,
    forget_signals,
    lapse_inquiries,
    lapse_reviews,
)
from samenhang.conferences.actions import expire_actions, lapse_markers
from samenhang.coordination.actions import forget_requests
from samenhang.criteria import actions as criteria
from samenhang.desk.destroying import destroy_due
from samenhang.exchange.actions import forget_questions, tell_answers
from samenhang.foundation.clock import is_demonstration, now
from samenhang.foundation.once import remembering
from samenhang.journal import Actor
from samenhang.judging import actions as judging
from samenhang.measures.actions import apply_terms
from samenhang.organisations.acting import service_account
from samenhang.oversight.actions import forget_breaches
from samenhang.persons.actions import come_of_age, forget_contacts
from samenhang.prosecution.actions import destroy_due as destroy_criminal_cases
from samenhang.prosecution.actions import lapse_unreviewed
from samenhang.risk.actions import end_stale
from samenhang.travel.actions import empty_quarantine, forget_router_events, mask, read_waiting
from samenhang.watchlists.actions import forget, forget_border_hits, screen_waiting

log = logging.getLogger(__name__)

# Seconds between two rounds when there is nothing to do.
PAUSE = 5.0
# Seconds for which a decision of the unit or the ministry is remembered while messages are read.
FRESH = 1.0


def work_once() -> dict[str, int]:
    """One round: read, screen who waits, apply the terms, forget and mask. Safe to stop at any moment."""
    moment, simulated = now(), is_demonstration()
    receiving = service_account("receiving", now=moment, simulated=simulated)
    screening = service_account("screening", now=moment, simulated=simulated)
    terms = service_account("terms", now=moment, simulated=simulated)
    return {
        "read": read_all(by=receiving),
        "destroyed": empty_quarantine(by=receiving),
        "screened": screen_waiting(by=screening).passengers,
        "rules_ended": criteria.end_over(by=screening),
        "matched": criteria.match_waiting(by=screening),
        **apply_terms(by=terms),
        "wordings_deleted": lapse_markers(by=terms),
        "actions_expired": expire_actions(by=terms),
        "cases_destroyed": destroy_due(by=terms),
        "criminal_cases_lapsed": lapse_unreviewed(by=terms),
        "criminal_cases_destroyed": destroy_criminal_cases(by=terms),
        "questions_told": tell_answers(by=terms),
        "questions_forgotten": forget_questions(by=terms),
        "signals_forgotten": forget_signals(by=terms),
        "inquiries_lapsed": lapse_inquiries(by=terms),
        "reviews_lapsed": lapse_reviews(by=terms),
        "charges_ended": end_charges_of_who_left(by=terms),
        "seats_ended": end_unlawful_seats(by=terms),
        "contacts_forgotten": forget_contacts(by=terms),
        "requests_forgotten": forget_requests(by=terms),
        "breaches_forgotten": forget_breaches(by=terms),
        "came_of_age": come_of_age(by=terms),
        "assessments_ended": end_stale(by=terms),
        # Hits and matches go before the passengers they are of.
        "forgotten": forget(by=screening)
        + criteria.forget(by=screening)
        + judging.forget(by=screening)
        + forget_border_hits(by=screening),
        "masked": mask(by=receiving),
        "router_events_forgotten": forget_router_events(by=receiving),
    }


def read_all(*, by: Actor) -> int:
    """Read what waits; returns how many. What holds that day is asked once a second, not for each message."""
    waiting, done = read_waiting(by=by), 0
    while True:
        with remembering():
            begin = monotonic()
            for _message in waiting:
                done += 1
                if monotonic() - begin > FRESH:
                    break
            else:
                return done


def work_until(stop: threading.Event) -> None:
    """Round after round. One broken round is logged without data and tried again."""
    while not stop.is_set():
        close_old_connections()
        done: dict[str, int] = {}
        try:
            done = work_once()
        except Exception as error:  # The outer loop of the worker: it must outlive any one fault.
            log.error("a round of work failed: %s", type(error).__name__)
        if not any(done.values()):
            stop.wait(PAUSE)
    connection.close()
