"""The store: feeds and what was published in them, their events, tests and alerts, in one SQLite file.

SQLAlchemy and Alembic are imported with this package, and by nothing else: a draft without a store needs neither.
"""

from commentary.store.locking import only_watch as only_watch
from commentary.store.places import default_path as default_path
from commentary.store.places import place_of as place_of
from commentary.store.saving import Saved as Saved
from commentary.store.saving import save as save
from commentary.store.sqlite import BusyError as BusyError
from commentary.store.sqlite import Store as Store
from commentary.store.sqlite import StoreError as StoreError
from commentary.store.sqlite import is_store as is_store
