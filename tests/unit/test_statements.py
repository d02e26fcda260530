"""Which SQL the last guard lets through: what it does not understand, it refuses."""

import pytest

from samenhang.access.statements import unmarked

PROTECTED = frozenset({"person", "claim"})
P, C = "/*scoped:person:person*/ 1 = 1", "/*scoped:claim:c*/ 1 = 1"
U = "/*scoped:person:U0*/ 1 = 1"

REFUSED = {
    "a plain read": "SELECT id FROM person",
    "in quotes": 'SELECT "person"."id" FROM "person"',
    "in upper case": "SELECT ID FROM PERSON",
    "in mixed case": "sElEcT id fRoM Person",
    "with a schema": "SELECT id FROM public.person",
    "with a schema in quotes": 'SELECT id FROM "main"."person"',
    "in backticks": "SELECT id FROM `person`",
    "in square brackets": "SELECT id FROM [person]",
    "in single quotes, as SQLite allows": "SELECT id FROM 'person'",
    "with an alias": "SELECT p.id FROM person p",
    "with an alias after AS": 'SELECT p.id FROM person AS "p"',
    "after a comment": "/* harmless */ SELECT id FROM person",
    "after a line of comment": "-- harmless\nSELECT id FROM person",
    "a comment instead of a space": "SELECT id FROM/**/person",
    "a count": 'SELECT COUNT(*) AS "__count" FROM "person"',
    "exists": 'SELECT 1 AS "a" FROM "person" LIMIT 1',
    "an update": "UPDATE person SET scope = %s",
    "an update by key with a look elsewhere": (
        'UPDATE "person" SET "scope" = (SELECT 1) WHERE "person"."id" = %s'
    ),
    "a delete": 'DELETE FROM "person" WHERE "person"."id" IN (%s)',
    "a copy out": "COPY person TO STDOUT",
    "a whole table": "TABLE person",
    "emptying": "TRUNCATE person",
    "a prepared read": "PREPARE x AS SELECT * FROM person",
    "a block of code": "DO $$ BEGIN DELETE FROM person; END $$",
    "a view": "CREATE VIEW v AS SELECT * FROM person",
    "a copied table": "CREATE TABLE v AS SELECT * FROM person",
    "an explanation": "EXPLAIN ANALYZE SELECT * FROM person",
    "a common table expression": "WITH x AS (SELECT * FROM person) SELECT * FROM x",
    "a subquery": "SELECT * FROM (SELECT * FROM person) AS x",
    "an inserted selection": "INSERT INTO other (id) SELECT id FROM person",
    "an insert that changes what is there": (
        'INSERT INTO "person" ("id") VALUES (%s) ON CONFLICT ("id") DO UPDATE SET "scope" = %s'
    ),
    "an insert that replaces": "INSERT OR REPLACE INTO person (id) VALUES (%s)",
    "replacing": "REPLACE INTO person (id) VALUES (%s)",
    "a second statement": f"SELECT id FROM person WHERE {P}; SELECT id FROM person",
    "a mark in a text": f"SELECT id FROM person WHERE 'x' <> '{P}'",
    "a mark in a text with quotes": f"SELECT id FROM person WHERE 'it''s' <> 'it''s {P}'",
    "a mark in a name": f'SELECT id AS "{P}" FROM person WHERE 1 = 1',
    "a mark in a line of comment": f"SELECT id FROM person WHERE -- {P}\n 1 = 1",
    "a mark within a comment": f"SELECT id FROM person WHERE /* {P} */ 1 = 1",
    "a mark of another table": "SELECT id FROM person WHERE /*scoped:other:person*/ 1 = 1",
    "a mark of another alias": f"SELECT id FROM person T3 WHERE {P}",
    "a mark in what is selected": f"SELECT CASE WHEN {P} THEN 1 END FROM person WHERE 1 = 1",
    "a mark in one branch of an or": f"SELECT id FROM person WHERE (({P} AND id = 1) OR id = 2)",
    "a mark in the first branch, without brackets": f"SELECT id FROM person WHERE {P} OR id = 2",
    "a mark in the last branch": f"SELECT id FROM person WHERE id = 2 OR {P}",
    "a mark denied": f"SELECT id FROM person WHERE NOT ({P} AND id = 1)",
    "one half of a union": f"SELECT id FROM person WHERE {P} UNION SELECT id FROM person",
    "the other half of a union": f"SELECT id FROM person UNION ALL SELECT id FROM person WHERE {P}",
    "a joined table": (f"SELECT * FROM person JOIN claim c ON c.person_id = person.id WHERE {P}"),
    "the same table joined again": (f"SELECT * FROM person JOIN person T3 ON T3.id = person.id WHERE {P}"),
    "the same table in a subquery": (f"SELECT * FROM person WHERE {P} AND EXISTS(SELECT 1 FROM person U0)"),
    "marked within, open without": (
        f"SELECT * FROM person WHERE scope IN (SELECT U0.scope FROM person U0 WHERE {U})"
    ),
    "by key, but of another column": (
        f"SELECT * FROM person WHERE person.id IN (SELECT U0.scope FROM person U0 WHERE {U})"
    ),
    "not among the marked": (
        f"DELETE FROM person WHERE NOT (person.id IN (SELECT U0.id FROM person U0 WHERE {U}))"
    ),
}

FREE = {
    "another table": "SELECT * FROM personal, xperson",
    "a marked read": f'SELECT "person"."id" FROM "person" WHERE {P}',
    "a marked alias": f"SELECT p.id FROM person AS U0 WHERE ({U} AND U0.id = 1)",
    "a marked join": (
        "SELECT * FROM person INNER JOIN claim c ON (c.person_id = person.id)"
        f" WHERE ({P} AND {C} AND (person.id = 1 OR c.id = 2))"
    ),
    "a join in brackets": (f"SELECT * FROM (person JOIN claim c ON 1 = 1) WHERE {P} AND {C}"),
    "marked in each branch": f"SELECT * FROM person WHERE (({P} AND id = 1) OR ({P} AND id = 2))",
    "locking": f'SELECT id FROM person WHERE {P} FOR UPDATE OF "person" SKIP LOCKED',
    "a marked update": f'UPDATE "person" SET "scope" = %s WHERE {P}',
    "an update of one row by its key": 'UPDATE "person" SET "scope" = %s WHERE "person"."id" = %s',
    "a delete of what a marked subquery gives": (
        'DELETE FROM "person" WHERE "person"."id" IN'
        f' (SELECT U0."id" AS "pk" FROM "person" U0 INNER JOIN other ON 1 = 1 WHERE ({U} AND 1 = 1))'
    ),
    "a sum of a marked subquery": (
        f'SELECT COUNT(*) FROM (SELECT DISTINCT "id" AS "col1" FROM "person" WHERE {P}) subquery'
    ),
    "a marked union": f"SELECT id FROM person WHERE {P} UNION SELECT U0.id FROM person U0 WHERE {U}",
    "an insert": 'INSERT INTO "person" ("scope") VALUES (%s), (%s) RETURNING "person"."id"',
    "an insert that leaves what is there": (
        'INSERT INTO "person" ("scope") VALUES (%s) ON CONFLICT DO NOTHING'
    ),
    "an insert of arrays": 'INSERT INTO "person" ("scope") SELECT * FROM UNNEST((%s)::varchar[])',
    "an insert that SQLite may ignore": "INSERT OR IGNORE INTO person (scope) VALUES (%s)",
    "its name in a text": "SELECT %s WHERE 'person' = name",
    "a change of the schema": 'ALTER TABLE "person" ADD COLUMN "x" integer',
    "an index": 'CREATE INDEX "i" ON "person" ("scope") WHERE "scope" IS NULL',
    "a trigger": "CREATE TRIGGER t BEFORE UPDATE ON person BEGIN SELECT RAISE(ABORT, 'no'); END",
    "a table copied by a migration": ('INSERT INTO "new__person" ("id") SELECT "id" FROM "person"'),
}


@pytest.mark.parametrize("sql", REFUSED.values(), ids=REFUSED)
def test_unmarked_sql_on_a_protected_table_is_seen(sql: str) -> None:
    assert unmarked(sql, PROTECTED)


@pytest.mark.parametrize("sql", FREE.values(), ids=FREE)
def test_marked_sql_and_sql_that_gives_nothing_away_passes(sql: str) -> None:
    assert unmarked(sql, PROTECTED) == frozenset()
