"""Which addresses may be connected to."""

from ipaddress import ip_network

import pytest

from service.outbound.addresses import LOOPBACK_ONLY, Reach

EVERYWHERE = Reach()
HOSPITAL = Reach((ip_network("10.20.0.0/16"), ip_network("fd00:1::/32")))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822", "::ffff:8.8.8.8"])
def test_public_addresses_are_reached(address: str) -> None:
    assert EVERYWHERE.permits("fhir.example", address)
    assert not LOOPBACK_ONLY.permits("fhir.example", address)


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "127.0.0.1",
        "0.0.0.0",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2002:a00:1::",
        "2001:0:1:2::f5ff:fffe",
        "no address",
        "",
    ],
)
def test_others_are_not(address: str) -> None:
    assert not EVERYWHERE.permits("fhir.example", address)


@pytest.mark.parametrize(
    ("address", "reached"),
    [("10.20.3.4", True), ("::ffff:10.20.3.4", True), ("fd00:1::1", True), ("10.21.0.1", False), ("fd00:2::1", False)],
)
def test_a_private_network_is_reached_if_it_is_named(address: str, reached: bool) -> None:
    assert HOSPITAL.permits("fhir.hospital.example", address) is reached
    assert HOSPITAL.permits("fhir.hospital.example", "8.8.8.8")


@pytest.mark.parametrize("reach", [EVERYWHERE, LOOPBACK_ONLY])
def test_the_loopback_is_reached_under_its_own_names_only(reach: Reach) -> None:
    assert reach.permits("localhost", "127.0.0.1")
    assert reach.permits("localhost", "::1")
    assert reach.permits("127.0.0.1", "127.0.0.1")
    assert not reach.permits("fhir.example", "127.0.0.1")
    assert not reach.permits("localhost", "10.0.0.1")
