"""The steps of the migrations make the tables that the program reads and writes, and can be taken back."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from commentary.store import Store
from commentary.store.sqlite import _MIGRATIONS
from commentary.store.tables import metadata


def config(connection):
    made = Config()
    made.set_main_option("script_location", str(_MIGRATIONS))
    made.attributes["connection"] = connection
    return made


def test_the_steps_make_the_tables_of_the_program(path):
    with Store(path, writes=True) as store, store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_every_step_can_be_taken_back_and_again(path, make, keep, history):
    keep(make())
    with Store(path, writes=True) as store:
        with store.writing() as connection:
            command.downgrade(config(connection), "base")
        with store.writing() as connection:
            left = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
            assert left == ["alembic_version"]
            command.upgrade(config(connection), "head")
    keep(make())
    assert len(history().items) == 1


def test_there_is_one_line_of_steps():
    script = ScriptDirectory(str(_MIGRATIONS))
    assert len(script.get_heads()) == 1
    assert [one.revision for one in script.walk_revisions()][-1] == "0001"
