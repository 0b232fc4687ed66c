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
}
