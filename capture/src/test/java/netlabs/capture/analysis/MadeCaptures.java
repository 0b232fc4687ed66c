package netlabs.capture.analysis;

import netlabs.capture.RawPcap;

/** Captures made by hand, of what no sample has. */
final class MadeCaptures {
    private MadeCaptures() {}

    /** The SYN comes again after data of which the first five bytes are missing, and these data after it. */
    static RawPcap synBehindAGap() {
        return new RawPcap()
                .tcp(40_000, 5005, 1_000, 0, TcpFlags.SYN, "")
                .tcp(5005, 40_000, 5_000, 1_001, TcpFlags.SYN | TcpFlags.ACK, "")
                .tcp(40_000, 5005, 1_001, 5_001, TcpFlags.ACK, "")
                .tcp(40_000, 5005, 1_006, 5_001, TcpFlags.PSH | TcpFlags.ACK, "WORLD")
                .tcp(40_000, 5005, 1_000, 0, TcpFlags.SYN, "")
                .tcp(40_000, 5005, 1_006, 5_001, TcpFlags.PSH | TcpFlags.ACK, "WORLD");
    }

    /** ICMP errors about packets that come later, or never, between others. */
    static RawPcap quotedByErrors() {
        RawPcap datagram = new RawPcap().datagram(1_000, 2_000, "HELLO");
        RawPcap syn = new RawPcap().tcp(40_000, 5005, 1_000, 0, TcpFlags.SYN, "");
        return new RawPcap()
                .icmp(3, datagram)
                .datagram(1, 2, "a")
                .icmp(11, syn)
                .tcp(40_001, 5005, 1_000, 0, TcpFlags.SYN, "")
                .tcp(40_000, 5005, 1_000, 0, TcpFlags.SYN, "")
                .tcp(5005, 40_000, 5_000, 1_001, TcpFlags.SYN | TcpFlags.ACK, "")
                .datagram(2_000, 1_000, "b")
                .icmp(3, new RawPcap().icmp(3, new RawPcap().datagram(3, 4, "quoted in what is quoted")))
                .datagram(5, 6, "c")
                .icmp(8, new RawPcap().datagram(7, 8, "an echo request quotes nothing"))
                .datagram(9, 10, "d")
                .icmpv6(1, new RawPcap().datagramOverIpv6(1_000, 2_000, "HELLO"))
                .datagramOverIpv6(1, 2, "e")
                .icmpv6(128, new RawPcap().datagramOverIpv6(3, 4, "an echo request quotes nothing"))
                .datagramOverIpv6(5, 6, "f")
                .icmp(3, new RawPcap().tcp(40_000, 5005, 7_777, 0, TcpFlags.SYN, ""))
                .tcp(40_002, 5005, 1_000, 0, TcpFlags.SYN, "")
                .tcp(40_000, 5005, 7_777, 0, TcpFlags.SYN, "");
    }
}
