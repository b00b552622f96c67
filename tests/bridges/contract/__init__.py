"""What every adapter must do, whatever the vendor: one suite, run over each against its simulator and, where
there is one, against the real bridge.

    class TestMyVendor(Contract):
        @pytest.fixture
        async def rig(self) -> AsyncIterator[Rig]: ...

Tests ask the phones, not the adapter, what is heard. What a bridge cannot do by its `Capabilities` is tested
to be refused.
"""

from tests.bridges.contract.calls import Calls
from tests.bridges.contract.connection import Connection
from tests.bridges.contract.essentials import Essentials
from tests.bridges.contract.refusals import Refusals
from tests.bridges.contract.rooms import Rooms


class Details(Calls, Rooms, Connection, Refusals):
    """All that is not essential."""


class Contract(Essentials, Details):
    pass
