"""The watch: asks sources again and again, drafts what is news to a feed, and offers alerts of it."""

from commentary.runs.watch.clock import LastTold as LastTold
from commentary.runs.watch.clock import ServerClock as ServerClock
from commentary.runs.watch.clock import WallClock as WallClock
from commentary.runs.watch.clock import WatchClock as WatchClock
from commentary.runs.watch.loop import Watch as Watch
from commentary.runs.watch.order import Collect as Collect
from commentary.runs.watch.order import Event as Event
from commentary.runs.watch.order import Order as Order
from commentary.runs.watch.order import Told as Told
from commentary.runs.watch.stopping import Stop as Stop
