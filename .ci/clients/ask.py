# Asks one question by the client that openapi-python-client made of the document.
import sys

from client import Client
from client.api.counts import stats
from client.api.search import search
from client.models import Cube, Results, StatsByItem, StatsGroup

client = Client(base_url=sys.argv[1], raise_on_unexpected_status=True)
found = search.sync(client=client, q="nghi quyet", size=1)
assert isinstance(found, Results) and found.total > 0 and len(found.hits) == 1, found
cube = stats.sync(client=client, by=[StatsByItem.QUARTER, StatsByItem.KIND], group=StatsGroup.COPIES)
assert isinstance(cube, Cube) and 0 < cube.groups <= cube.total and cube.cells[0].count > 0 and cube.cells[0].quarter, cube
print(f"Python: {found.total} documents, {found.hits[0].title}")
