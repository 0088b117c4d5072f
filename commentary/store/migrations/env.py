"""Alembic's way to the store: the connection is handed in, so that a migration is part of our own transaction."""

from alembic import context

from commentary.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
context.run_migrations()
