"""The busiest day of the Netherlands: made, received, stored, screened, and nothing lost or doubled.

    python bench/peak_day.py [--scale 0.02] [--alerts 100000] [--kills 3] [--folder FOLDER]
    WITH_POSTGRES=durable scripts/with_postgres.py python bench/peak_day.py …

252,000 passengers, each in five pushes of bookings and one list: 1.5 million observations, screened
against alerts. --scale makes that part of the day. The messages go through ``samenhang receive`` as an
operator would give them; --kills kills it that many times at a random moment and starts it again. Each
stage prints its wall and CPU time, the largest memory, and what the whole day would take at that rate:
reading and screening grow with the passengers, building the index with the alerts.
With --folder an interrupted run goes on where it was. The last line is JSON: what was measured of the clock
from the first message to the last passenger screened, and whether the sums hold.
"""

import argparse
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

FLIGHTS, PEOPLE = 1775, 142  # 252,000 passengers
ROOT = Path(__file__).parents[1]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scale", type=float, default=0.02)
    arguments.add_argument("--alerts", type=int, default=100_000)
    arguments.add_argument("--kills", type=int, default=0)
    arguments.add_argument("--folder", type=Path)
    arguments.add_argument("--stage", choices=STAGES, help="(used by itself)")
    chosen = arguments.parse_args()
    if chosen.stage:
        STAGES[chosen.stage](chosen)
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        return run(chosen, folder)


def run(chosen: argparse.Namespace, folder: Path) -> int:
    """Each stage in a process of its own. Exit status 1 when a sum is wrong."""
    os.environ |= {
        "SAMENHANG_HOME": str(folder / "home"),
        "DJANGO_SETTINGS_MODULE": "samenhang.config.settings",
    }
    samenhang = [sys.executable, str(ROOT / "manage.py")]
    whole = 1 / chosen.scale
    figures: dict[str, object] = {"scale": chosen.scale, "database": database()}
    timed("tables", [*samenhang, "migrate", "-v0"], 1)
    day = folder / "day"
    flights = str(round(FLIGHTS * chosen.scale))
    made = [sys.executable, "-m", "edifact", "make", str(day), "--flights", flights, "--people", str(PEOPLE)]
    timed("made", [*made, "--day", str(date.today()), "--faults", "0.02"], whole)  # noqa: DTZ011
    own = [sys.executable, __file__, "--scale", str(chosen.scale), "--alerts", str(chosen.alerts)]
    timed("alerts", [*own, "--stage", "alerts"], 1)
    begin = time.monotonic()
    receive = [*samenhang, "receive", str(day)]
    for _ in range(chosen.kills):
        killed(receive)
    figures["received"] = timed("received", receive, whole)
    figures["screened"] = timed("screened", [*own, "--stage", "screen"], 1)
    figures["minutes"] = round((time.monotonic() - begin) / 60, 2)
    figures["load"] = round(os.getloadavg()[2], 1)
    checked = subprocess.run(
        [*own, "--stage", "check", "--folder", str(day)], check=False, stdout=subprocess.PIPE, text=True
    )
    print(checked.stdout)
    figures["holds"] = checked.returncode == 0
    print(json.dumps(figures))
    return checked.returncode


def database() -> str:
    return os.environ.get("DATABASE_URL", "sqlite").partition(":")[0]


def timed(stage: str, command: list[str], times: float) -> dict[str, float]:
    """Seconds of the clock and of CPU, and the largest memory so far in MB."""
    begin, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - begin
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    last = (done.stdout.strip().splitlines() or [""])[-1]
    day = f"whole day {cpu * times / 60:.1f} min of CPU; " if times > 1 else ""
    print(f"{stage}: wall {wall:.1f} s, CPU {cpu:.1f} s, {day}{last}")
    print(f"  largest memory of any process so far {after.ru_maxrss / 1024:.0f} MB", flush=True)
    return {"wall_s": round(wall, 1), "cpu_s": round(cpu, 1), "memory_mb": after.ru_maxrss // 1024}


def killed(command: list[str]) -> None:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    time.sleep(random.uniform(3, 12))
    process.send_signal(signal.SIGKILL)
    process.wait()
    print("killed while receiving", flush=True)


# --- stages, each in its own process ------------------------------------------------------------


def alerts(chosen: argparse.Namespace) -> None:
    """As many alerts as asked. Written at once: issuing is not what is measured here."""
    from edifact.made_people import CULTURES, somebody
    from samenhang.access.rules import pack
    from samenhang.foundation.clock import now
    from samenhang.foundation.identifiers import new_reference
    from samenhang.organisations.acting import service_account
    from samenhang.organisations.models import Organisation
    from samenhang.watchlists.models import Alert
    from samenhang.watchlists.rules import alerts as rules

    by = service_account("screening", now=now())
    # The law lets passengers be compared with alerts of the police, not with everybody's.
    police, _made = Organisation.objects.get_or_create(authority="POL", region="", name="Police")
    pick = random.Random(99)
    there = Alert.objects.unscoped("a benchmark counts").count()
    for _ in range(0, chosen.alerts - there, 5000):
        rows = []
        for _ in range(5000):
            who, reference = somebody(pick, by.today), new_reference("A")
            # More surnames than the travellers have: few share one with somebody on a list.
            middle = pick.choice(pick.choice(CULTURES).stems)
            # One in forty has a number that a traveller may have: about the 0.3 % of hits that units report.
            document = who.document if pick.random() < 0.025 else f"LIST{pick.randrange(10**8):08}"
            rows.append(
                Alert(
                    reference=reference, scope=reference, provider=police,
                    category="police-data", purposes=pack(rules.PURPOSES),
                    names=[f"{who.given_names} {middle}{who.surname}"],
                    birth_dates=[who.born.isoformat()], sex=who.sex, documents=[document], kind="SIS-36",
                    legal_basis="benchmark", criteria=["benchmark"], action="discreet-check", contact="none",
                    issued_at=by.now, issued_by=by.user, review_on=by.today + timedelta(days=300),
                    caught_up_at=by.now, fingerprint_key=b"x",
                )
            )  # fmt: skip
        Alert.objects.bulk_create(rows)
    print(Alert.objects.unscoped("a benchmark counts").count(), "alerts")


def screen(_chosen: argparse.Namespace) -> None:
    from samenhang.foundation.clock import now
    from samenhang.organisations.acting import service_account
    from samenhang.watchlists.actions import screen_waiting

    screen_waiting(by=service_account("screening", now=now()), limit=1)
    built, done, hits = time.process_time(), 0, 0
    print(f"the index of all alerts took {built:.1f} s of CPU, once", file=sys.stderr)
    while True:
        found = screen_waiting(by=service_account("screening", now=now()))
        if found.refused:
            sys.exit(f"Not compared with: {found.refused}")
        done, hits = done + found.passengers, hits + found.hits
        print(
            f"{done} screened, {found.waiting} wait, {time.process_time() - built:.0f} s of CPU",
            file=sys.stderr,
        )
        if not found.passengers:
            break
    each = (time.process_time() - built) / max(1, done)
    print(
        f"{done} passengers screened, {hits} hits, {1000 * each:.2f} ms of CPU each: "
        f"whole day {(built + each * FLIGHTS * PEOPLE) / 60:.1f} min with the index"
    )


def check(chosen: argparse.Namespace) -> None:
    """What is stored is what was made: each message once, everybody it names once, all of them screened.

    And found: each alert whose number a traveller showed has a hit.
    """
    import edifact
    from samenhang.travel.models import Message, Observation, Passenger
    from samenhang.watchlists.models import Alert, Hit

    files = sorted(chosen.folder.iterdir())
    people = [
        who for file in files for message in edifact.read(file.read_bytes()) for who in message.passengers
    ]
    named, shown = len(people), {document.number for who in people for document in who.documents}
    issued = Alert.objects.unscoped("a benchmark counts").values_list("pk", "documents")
    sought = {key for key, numbers in issued if shown & set(numbers)}
    hits = Hit.objects.unscoped("a benchmark counts")
    found = set(hits.order_by().values_list("alert_id", flat=True)) & sought
    everyone = Passenger.objects.unscoped("a benchmark counts")
    sums = {
        "messages": (Message.objects.unscoped("a benchmark counts").filter(state="read").count(), len(files)),
        "observations": (Observation.objects.count(), named),
        "unscreened": (everyone.awaiting_screening().count(), 0),
        "numbers_found": (len(found), len(sought)),
    }
    print(json.dumps({"passengers": everyone.count(), "hits": hits.count()} | sums))
    if any(stored != expected for stored, expected in sums.values()):
        sys.exit("NOT WHAT WAS MADE")


STAGES = {"alerts": alerts, "screen": screen, "check": check}


if __name__ == "__main__":
    if "--stage" in sys.argv:
        import django

        django.setup()
    sys.exit(main())
