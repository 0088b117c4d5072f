"""The network: requests, their limits and deadlines, replies kept as they came. The only importer of httpx."""

from commentary.net.messages import Failure as Failure
from commentary.net.messages import Kind as Kind
from commentary.net.messages import Outcome as Outcome
from commentary.net.messages import Pool as Pool
from commentary.net.messages import Reply as Reply
from commentary.net.messages import Request as Request
