"""Which INSERT statements, and which changes of the schema, need no mark of the policy."""

import pytest

from samenhang.access.statements import unmarked

TABLE = '"travel_passenger"'


def reached(sql: str) -> frozenset[str]:
    return unmarked(sql, frozenset({"travel_passenger"}))


@pytest.mark.parametrize(
    "sql",
    [
        f'INSERT INTO {TABLE} ("a", "b") VALUES (%s, %s) RETURNING {TABLE}."id"',
        # What Django makes of bulk_create on PostgreSQL.
        f'INSERT INTO {TABLE} ("a", "b") SELECT * FROM UNNEST((%s)::varchar(20)[], (%s)::int[])',
        f'INSERT INTO {TABLE} ("a") SELECT * FROM UNNEST((%s)::text[]) RETURNING {TABLE}."id"',
        f'INSERT INTO {TABLE} ("a") SELECT * FROM UNNEST((%s)::text[]) ON CONFLICT DO NOTHING',
    ],
)
def test_values_of_ones_own_need_no_mark(sql: str) -> None:
    assert reached(sql) == set()


@pytest.mark.parametrize(
    "sql",
    [
        f'INSERT INTO "other" ("a") SELECT "a" FROM {TABLE}',
        f'INSERT INTO "other" ("a") SELECT * FROM UNNEST((%s)::text[]), {TABLE} WHERE 1 IN (SELECT 1)',
        f'INSERT INTO "other" ("a") SELECT * FROM UNNEST((SELECT "a" FROM {TABLE}))',
        f'INSERT INTO "other" ("a") SELECT * FROM UNNEST((%s)::text[]) JOIN {TABLE} ON TRUE',
        f'INSERT INTO "other" ("a") SELECT * FROM UNNEST((%s)::text[]), {TABLE}',
    ],
)
def test_values_from_a_protected_table_do(sql: str) -> None:
    assert reached(sql) == {"travel_passenger"}


def test_a_foreign_key_that_a_migration_drops_on_postgresql_reads_nothing() -> None:
    dropping = f'SET CONSTRAINTS "a_key" IMMEDIATE; ALTER TABLE {TABLE} DROP CONSTRAINT "a_key"'

    assert reached(dropping) == set()
    assert reached(f'{dropping}; SELECT "a" FROM {TABLE}') == {"travel_passenger"}
