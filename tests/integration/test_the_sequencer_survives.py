"""Killed (SIGKILL) before any statement of a batch, the log is as before it or after it, never between."""

import json
import os
from pathlib import Path

import pytest
from django.conf import settings

from tests import migrated
from tests.nursery import Nursery, Running

ROOT = Path(__file__).resolve().parents[2]

# Arguments: how many entries to write first; before which step to die (0: never). A step is a
# statement of the database, or the moment before the last head is kept beside the key.
PROGRAM = """
import os, signal, sys
import django
django.setup()
from django.db import connection
from django.utils import timezone
from samenhang.journal import Actor, record, sequencer, signing, tree
from samenhang.journal.models import Entry, Leaf, Waiting
entries, die_before = int(sys.argv[1]), int(sys.argv[2])
by = Actor(user="", organisation="", authority="", roles=frozenset(), purpose="oversight", now=timezone.now())
for number in range(entries):
    record("case.closed", f"case:{number}", by=by)
steps = 0
def step():
    global steps
    steps += 1
    if steps == die_before:
        os.kill(os.getpid(), signal.SIGKILL)
def counted(execute, sql, params, many, context):
    step()
    return execute(sql, params, many, context)
remember = signing.remember
def remembered(head):
    step()
    remember(head)
signing.remember = remembered
with connection.execute_wrapper(counted):
    sequencer.append_waiting()
head = tree.head()
assert tree.recomputed_root(head.size) == bytes(head.root)
positions = list(Leaf.objects.order_by("pk").values_list("pk", flat=True))
import json
print(json.dumps({"steps": steps, "size": head.size, "entries": Entry.objects.count(),
    "gapless": positions == list(range(head.size)), "waiting": Waiting.objects.count(),
    "remembered": signing.last_signed().size}))
"""


@pytest.mark.skipif(bool(settings.DATABASES["default"]["HOST"]), reason="a home of its own is on SQLite")
@pytest.mark.django_db  # so that there is a migrated database to copy
def test_killed_before_any_step_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    env = {
        **os.environ,
        "SAMENHANG_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "samenhang.config.settings",
    }
    env["PYTHONPATH"] = str(ROOT / "src")
    env.pop("DATABASE_URL", None)
    migrated.copied_into(tmp_path / "samenhang.sqlite3")

    with Nursery() as nursery:

        def run(entries: int, die_before: int) -> Running:
            running = nursery.start(PROGRAM, [str(entries), str(die_before)], env)
            running.communicate()
            return running

        steps = json.loads(run(3, 0).out.read_text())["steps"]
        written = 3
        assert steps > 6
        for step in range(1, steps + 1):
            killed = run(2, step)
            written += 2
            assert killed.returncode == -9, killed.errors.read_text()

        after = json.loads(run(1, 0).out.read_text())
    written += 1
    assert after | {"steps": 0} == {
        "steps": 0,
        "size": written,
        "entries": written,
        "gapless": True,
        "waiting": 0,
        "remembered": written,
    }
