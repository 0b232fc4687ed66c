package netlabs.capture.analysis;

/**
 * What is remarkable of a TCP segment, as its stream up to it shows. Where tshark has a mark of the same
 * meaning, both mark the same frames (Wireshark User's Guide, "TCP Analysis").
 */
public enum Mark {
    /** Bytes that had been sent before. */
    RETRANSMISSION("retransmission", "tcp.analysis.retransmission"),
    /** A retransmission that duplicate ACKs asked for; also a {@link #RETRANSMISSION}. */
    FAST_RETRANSMISSION("fast retransmission", "tcp.analysis.fast_retransmission"),
    /** A retransmission of what had been acknowledged already; also a {@link #RETRANSMISSION}. */
    SPURIOUS_RETRANSMISSION("spurious retransmission", "tcp.analysis.spurious_retransmission"),
    /** Overtaken on its way by a later segment. */
    OUT_OF_ORDER("out of order", "tcp.analysis.out_of_order"),
    /** Before it there are bytes that this capture does not have. */
    LOST_SEGMENT("previous segment not captured", "tcp.analysis.lost_segment"),
    /** Acknowledges bytes that this capture does not have. */
    ACKED_UNSEEN("ACK of a segment not captured", "tcp.analysis.ack_lost_segment"),
    /** The same ACK once more, while bytes are missing. */
    DUPLICATE_ACK("duplicate ACK", "tcp.analysis.duplicate_ack"),
    /** Asks an idle peer whether it is there (RFC 9293 §3.8.4). */
    KEEP_ALIVE("keep-alive", "tcp.analysis.keep_alive"),
    /** The answer to that. */
    KEEP_ALIVE_ACK("keep-alive ACK", "tcp.analysis.keep_alive_ack"),
    /** The receiver has no room. */
    ZERO_WINDOW("zero window", "tcp.analysis.zero_window"),
    /** One byte into a zero window, to hear whether there is room again (RFC 9293 §3.8.6.1). */
    ZERO_WINDOW_PROBE("zero window probe", "tcp.analysis.zero_window_probe"),
    /** The answer to that. */
    ZERO_WINDOW_PROBE_ACK("zero window probe ACK", "tcp.analysis.zero_window_probe_ack"),
    /** An ACK only to say that there is room again. */
    WINDOW_UPDATE("window update", "tcp.analysis.window_update"),
    /** Fills the window that the receiver has announced. */
    WINDOW_FULL("window full", "tcp.analysis.window_full"),
    /** A SYN between the sockets of an earlier stream: a new stream. */
    PORT_REUSED("port numbers reused", "tcp.analysis.reused_ports");

    private final String text;
    private final String field;

    Mark(String text, String field) {
        this.text = text;
        this.field = field;
    }

    /**
     * @return in words, as it is shown
     */
    public String text() {
        return text;
    }

    /**
     * @return the field of tshark that marks the same
     */
    public String field() {
        return field;
    }
}
