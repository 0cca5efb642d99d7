"""Which network addresses may be connected to."""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from service.settings import is_loopback

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

_NAT64 = IPv6Network("64:ff9b::/96")
# Neither public nor called private by ``ipaddress``: local-use NAT64 and the old site-local addresses.
_LOCAL_TOO = (ip_network("64:ff9b:1::/48"), ip_network("fec0::/10"))


@dataclass(frozen=True, slots=True)
class Reach:
    """Public addresses if ``public``, those of ``networks``, and the loopback under a name of the loopback.

    A public name that leads to a private address is how a caller would have this service call its neighbours.
    """

    networks: tuple[Network, ...] = ()
    public: bool = True

    def permits(self, host: str, address: str) -> bool:
        """Whether ``address``, to which ``host`` resolved, may be connected to."""
        try:
            innermost = _embedded(ip_address(address))
        except ValueError:
            return False
        if innermost.is_loopback and is_loopback(host):
            return True
        return any(innermost in network for network in self.networks) or (self.public and _is_public(innermost))


def _is_public(address: Address) -> bool:
    return address.is_global and not address.is_multicast and not any(address in network for network in _LOCAL_TOO)


def _embedded(address: Address) -> Address:
    """The IPv4 address that an IPv6 address leads to, where it is a wrapping of one."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address.teredo is not None:
        return address.teredo[1]
    return address.ipv4_mapped or address.sixtofour or address


LOOPBACK_ONLY = Reach(public=False)
