"""The memory that reading may use."""

from auditor.intake.engine import open_engine, sparing


def limit(connection: object) -> str:
    [(found,)] = connection.execute("SELECT current_setting('memory_limit')").fetchall()  # type: ignore[attr-defined]
    return str(found)


def test_reading_uses_little_memory_and_gives_back_what_was_allowed() -> None:
    with open_engine() as connection:
        before = limit(connection)
        with sparing(connection):
            assert limit(connection) == "1.1 GiB"
        assert limit(connection) == before


def test_a_smaller_limit_is_kept() -> None:
    with open_engine() as connection:
        connection.execute("SET memory_limit = '512 MiB'")
        with sparing(connection):
            assert limit(connection) == "512.0 MiB"
        assert limit(connection) == "512.0 MiB"
