package netlabs.udpecho;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * The most bytes that one datagram carries. UDP's length field, and IPv4's total length, have 16
 * bits (RFC 768, RFC 791 §3.1): 65,535 less 20 bytes of IPv4 header and 8 of UDP header. IPv6 does
 * not count its own header (RFC 8200 §3), so it has room for 20 bytes more. Linux sends either in
 * full; what does not fit the link is cut into IP fragments and put together by the receiving kernel.
 */
final class PayloadLimit {
    static final int IPV4_BYTES = 65_507;
    static final int IPV6_BYTES = 65_527;

    private PayloadLimit() {}

    /**
     * @param peer an IPv4 address also where a socket for both kinds talks to an IPv4 host: Java
     *     unwraps ::ffff:127.0.0.1
     */
    static int of(InetAddress peer) {
        return peer instanceof Inet4Address ? IPV4_BYTES : IPV6_BYTES;
    }
}
