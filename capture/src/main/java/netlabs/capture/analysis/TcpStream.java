package netlabs.capture.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import netlabs.capture.packet.Packet;

/**
 * A TCP connection as the capture shows it. Segment after segment it tells what is remarkable: the rules are those of
 * tshark (Wireshark User's Guide, "TCP Analysis"), so that both mark the same frames.
 *
 * <pre>
 *   SYN ----> SYN-ACK ----> ACK          handshake: synFrame, synAckFrame, ackFrame
 *   data, ACK ...                        marks
 *   FIN ----> ACK, FIN ----> ACK         close, of each side its finFrame and the ackOfFinFrame; or RST
 * </pre>
 */
public final class TcpStream extends Conversation {
    /** A retransmission so soon after the second duplicate ACK is one that they asked for. */
    private static final long FAST_NANOS = 20_000_000;
    /** A segment so soon after a later one was overtaken, if the capture does not have the handshake's round trip. */
    private static final long OVERTAKEN_NANOS = 3_000_000;

    private static final int MARKS = Mark.values().length;
    private static final int MOST_FRAMES_LISTED = 1_000;
    private static final int SYN_ACK = TcpFlags.SYN | TcpFlags.ACK;
    private static final int SYN_FIN_RST = TcpFlags.SYN | TcpFlags.FIN | TcpFlags.RST;

    private static final int SCALE_UNKNOWN = -1;
    private static final int SCALE_UNUSED = -2;

    /** What one end has sent. */
    private static final class Side extends Conversation.Socket {
        private boolean hasBase;
        private int base;
        private boolean hasNext;
        private int next;
        private long nextNanos;
        /** The furthest that was sent: {@code next}, but for a SYN that takes that back. */
        private int reached;
        /** Bytes of the stream up to {@code reached}; a FIN counts as one of them, a SYN does not. */
        private long advanced;

        private boolean hasContinuous;
        /** Up to here nothing is missing: no ACK should be of more. */
        private int continuous;

        private int window = -1;
        private int scale = SCALE_UNKNOWN;
        private boolean isWindowScaled;
        private int lastAck;
        private long lastAckNanos;
        private int duplicateAcks;
        private int lastMarks;

        private long synFrame;
        private long synAckFrame;
        private long finFrame;
        private int behindFin;
        private long ackOfFinFrame;
        private long rstFrame;
        private long dataFrames;
        private long payloadSentAgain;
        private long payloadAfterPeersFin;
        private long synsSentAgain;
        private boolean isFinAck;
        private boolean isRstAck;

        private void forgetEnd() {
            finFrame = 0;
            ackOfFinFrame = 0;
            rstFrame = 0;
            payloadAfterPeersFin = 0;
        }
    }

    /** Of each mark; null as long as there is none, as of most streams. */
    private int[] markCounts;

    private long sentAgain;
    private long[] retransmissions;
    private int retransmissionsListed;

    private int clientSide = -1;
    private long synFrame;
    private long synNanos;
    private long synAckFrame;
    private long synAckNanos;
    private long ackFrame;
    private long ackNanos;
    private long overtakenNanos = OVERTAKEN_NANOS;
    private boolean hasRoundTrip;
    private long lastSynNanos;
    private boolean isSimultaneousOpen;

    private int marks;
    private int side;
    private long relativeSequence;
    private long relativeAcknowledgment;
    private long windowBytes;
    private Frame.Phase phase = Frame.Phase.DATA;

    TcpStream(int number, Packet first) {
        super(number, first, new Side(), new Side());
    }

    private Side sideAt(int side) {
        return (Side) socketAt(side);
    }

    /** Whether {@code packet}, of these sockets, is the SYN of a new connection between them, and not this one's once more. */
    boolean isReusedBy(Packet packet) {
        Side sender = sideAt(side(packet));
        return (packet.flags() & (TcpFlags.SYN | TcpFlags.ACK)) == TcpFlags.SYN
                && sender.hasBase
                && packet.sequence() != sender.base;
    }

    /**
     * Takes the next segment.
     *
     * @param isReuse whether it is the first of this stream, and there was one before between its sockets
     * @param isCopy whether an earlier frame has the same packet
     */
    void accept(Packet packet, boolean isReuse, boolean isCopy) {
        side = side(packet);
        count(packet, side, isCopy);
        int flags = packet.flags();
        int sequence = packet.sequence();
        Side sender = sideAt(side);
        Side peer = sideAt(1 - side);
        marks = isReuse ? bit(Mark.PORT_REUSED) : 0;
        setBases(flags, sequence, packet.acknowledgment(), sender, peer);
        analyze(packet, flags, sequence, packet.payloadLength(), sender, peer);
        if ((flags & TcpFlags.SYN) != 0) {
            acceptScale(packet, flags, sender, peer);
        }
        relativeSequence = sequence - sender.base & 0xffff_ffffL;
        relativeAcknowledgment = (flags & TcpFlags.ACK) == 0 ? 0 : packet.acknowledgment() - peer.base & 0xffff_ffffL;
        windowBytes = windowBytes(packet.window(), sender, (flags & TcpFlags.SYN) == 0);
        phase = Frame.Phase.DATA;
        follow(packet, flags, isCopy, sender, peer);
        if (marks != 0) {
            countMarks(packet.number(), isCopy);
        }
    }

    /** Relative numbers begin with 0 at a SYN, and with 1 where the capture does not have it. */
    private void setBases(int flags, int sequence, int acknowledgment, Side sender, Side peer) {
        if (!sender.hasBase) {
            sender.base = (flags & TcpFlags.SYN) != 0 ? sequence : sequence - 1;
            sender.hasBase = true;
        } else if ((flags & SYN_ACK) == SYN_ACK && sequence != sender.base) {
            // The end of an earlier connection came late, and was taken for this one's.
            marks |= bit(Mark.PORT_REUSED);
            sender.base = sequence;
            sender.reached = sequence + 1;
            sender.advanced = 0;
            sender.forgetEnd();
            peer.forgetEnd();
        } else if ((flags & SYN_ACK) == TcpFlags.SYN && sender.hasContinuous) {
            // The same SYN once more, behind data: what is behind a gap is no longer expected to have been sent.
            sender.next = sender.continuous;
        }
        if (!peer.hasBase && (flags & TcpFlags.ACK) != 0) {
            peer.base = acknowledgment - 1;
            peer.hasBase = true;
        }
    }

    private void analyze(Packet packet, int flags, int sequence, int length, Side sender, Side peer) {
        int acknowledgment = packet.acknowledgment();
        int window = packet.window();
        boolean isControl = (flags & SYN_FIN_RST) != 0;
        boolean isNext = sequence == sender.next;
        boolean isSameAck = acknowledgment == sender.lastAck;
        if (length == 1 && isNext && peer.window == 0) {
            marks |= bit(Mark.ZERO_WINDOW_PROBE);
        } else {
            if (window == 0 && !isControl) {
                marks |= bit(Mark.ZERO_WINDOW);
            }
            if (sender.hasNext && sequence - sender.next > 0 && (flags & TcpFlags.RST) == 0) {
                marks |= bit(Mark.LOST_SEGMENT);
            }
            if (length <= 1 && sequence == sender.next - 1 && !isControl) {
                marks |= bit(Mark.KEEP_ALIVE);
            }
            if (length > 0 && peer.scale != SCALE_UNKNOWN && !isControl && fillsWindow(sequence + length, peer)) {
                marks |= bit(Mark.WINDOW_FULL);
            }
            if (length == 0 && isNext && isSameAck && !isControl) {
                markPureAck(window, sender, peer);
            }
        }
        if (!isSameAck) {
            sender.duplicateAcks = 0;
        }
        if (peer.hasContinuous && acknowledgment - peer.continuous > 0 && (flags & TcpFlags.ACK) != 0) {
            markAckOfUnseen(peer);
        }
        if ((length > 0 || (flags & (TcpFlags.SYN | TcpFlags.FIN)) != 0) && (marks & bit(Mark.KEEP_ALIVE)) == 0) {
            markRetransmission(packet, flags, sequence, length, sender, peer);
        }
        advance(packet, flags, sequence, length, sender);
        sender.window = window;
        sender.isWindowScaled = (flags & TcpFlags.SYN) == 0;
        sender.lastAck = acknowledgment;
        sender.lastAckNanos = packet.timeNanos();
        sender.lastMarks = marks;
    }

    private static boolean fillsWindow(int behind, Side receiver) {
        return behind == receiver.lastAck + (int) windowBytes(receiver.window, receiver, receiver.isWindowScaled);
    }

    private static long windowBytes(int window, Side sender, boolean isScaled) {
        return isScaled && sender.scale > 0 ? (long) window << sender.scale : window;
    }

    /** A segment without data that repeats sequence number and ACK of the one before: why was it sent? */
    private void markPureAck(int window, Side sender, Side peer) {
        boolean isSameWindow = window == sender.window;
        if (window != 0 && !isSameWindow) {
            marks |= bit(Mark.WINDOW_UPDATE);
        } else if (isSameWindow && window != 0 && (peer.lastMarks & bit(Mark.KEEP_ALIVE)) != 0) {
            marks |= bit(Mark.KEEP_ALIVE_ACK);
        } else if (isSameWindow && window == 0 && (peer.lastMarks & bit(Mark.ZERO_WINDOW_PROBE)) != 0) {
            marks |= bit(Mark.ZERO_WINDOW_PROBE_ACK);
        } else if (isSameWindow && window != 0) {
            sender.duplicateAcks = Math.max(sender.duplicateAcks, 0) + 1;
            marks |= bit(Mark.DUPLICATE_ACK);
        }
    }

    /** Said once of a gap, not with every ACK behind it. */
    private void markAckOfUnseen(Side peer) {
        if (peer.next - peer.continuous > 0) {
            peer.continuous = peer.next;
            marks |= bit(Mark.ACKED_UNSEEN);
        } else {
            if (peer.duplicateAcks == 0) {
                marks |= bit(Mark.ACKED_UNSEEN);
            }
            peer.duplicateAcks = -1;
        }
    }

    private void markRetransmission(Packet packet, int flags, int sequence, int length, Side sender, Side peer) {
        int behind = sequence + length + ((flags & (TcpFlags.SYN | TcpFlags.FIN)) != 0 ? 1 : 0);
        if (length > 0 && peer.lastAck != 0 && sequence + length - peer.lastAck <= 0) {
            marks |= bit(Mark.SPURIOUS_RETRANSMISSION) | bit(Mark.RETRANSMISSION);
            return;
        }
        boolean isOld = sender.hasNext && sequence - sender.next < 0;
        // A byte that probed a zero window comes once more with those behind it.
        if (!isOld || length > 1 && sender.next - 1 == sequence) {
            return;
        }
        // tshark's counter has no sign: behind an ACK of what is not there, it is as many as can be.
        if (Integer.compareUnsigned(peer.duplicateAcks, 2) >= 0
                && peer.lastAck == sequence
                && isWithin(FAST_NANOS, peer.lastAckNanos, packet.timeNanos())) {
            marks |= bit(Mark.FAST_RETRANSMISSION) | bit(Mark.RETRANSMISSION);
        } else if (isWithin(overtakenNanos, sender.nextNanos, packet.timeNanos()) && sender.next != behind) {
            marks |= bit(Mark.OUT_OF_ORDER);
        } else {
            marks |= bit(Mark.RETRANSMISSION);
        }
    }

    private static boolean isWithin(long nanos, long earlier, long later) {
        return later >= earlier && later - earlier < nanos;
    }

    private void advance(Packet packet, int flags, int sequence, int length, Side sender) {
        if ((marks & bit(Mark.ZERO_WINDOW_PROBE)) != 0) {
            return;
        }
        int behind = sequence + length + ((flags & (TcpFlags.SYN | TcpFlags.FIN)) != 0 ? 1 : 0);
        if (!sender.hasNext) {
            sender.advanced = behind - sender.base - 1 & 0xffff_ffffL;
            sender.reached = behind;
        } else if (behind - sender.reached > 0) {
            sender.advanced += behind - sender.reached;
            sender.reached = behind;
        }
        if (!sender.hasNext || behind - sender.next > 0) {
            sender.next = behind;
            sender.nextNanos = packet.timeNanos();
            sender.hasNext = true;
        }
        if (!sender.hasContinuous || sequence == sender.continuous) {
            sender.continuous = sender.next;
            sender.hasContinuous = true;
        }
    }

    private static void acceptScale(Packet packet, int flags, Side sender, Side peer) {
        int scale = packet.windowScale();
        if (scale < 0) {
            // Windows are scaled only if both ends say so.
            sender.scale = SCALE_UNUSED;
            peer.scale = SCALE_UNUSED;
        } else if ((flags & TcpFlags.ACK) != 0 && peer.scale == SCALE_UNUSED) {
            sender.scale = SCALE_UNUSED;
        } else {
            sender.scale = scale;
        }
    }

    /** Where in the connection's life the segment is. */
    private void follow(Packet packet, int flags, boolean isCopy, Side sender, Side peer) {
        long frame = packet.number();
        boolean isAck = (flags & TcpFlags.ACK) != 0;
        boolean isEarlier = synAckFrame == 0 && isEarlier(packet, isAck, sender, peer);
        if ((flags & TcpFlags.RST) != 0 && !isEarlier) {
            phase = Frame.Phase.CLOSE;
            if (sender.rstFrame == 0) {
                sender.rstFrame = frame;
                sender.isRstAck = isAck;
            }
        } else if ((flags & TcpFlags.SYN) != 0) {
            phase = Frame.Phase.HANDSHAKE;
            followSyn(packet, isAck, isCopy, sender, peer);
        } else if (isAck && ackFrame == 0 && synAckFrame != 0 && side == clientSide && relativeSequence == 1) {
            phase = Frame.Phase.HANDSHAKE;
            ackFrame = frame;
            ackNanos = packet.timeNanos();
        }
        if (!hasRoundTrip && synFrame != 0 && isAck && (flags & TcpFlags.SYN) == 0) {
            hasRoundTrip = true;
            overtakenNanos = packet.timeNanos() > lastSynNanos ? packet.timeNanos() - lastSynNanos : OVERTAKEN_NANOS;
        }
        if (packet.payloadLength() > 0 && !isCopy && (marks & bit(Mark.KEEP_ALIVE)) == 0) {
            sender.dataFrames++;
            if ((marks & bit(Mark.RETRANSMISSION)) != 0) {
                sender.payloadSentAgain += packet.payloadLength();
            }
            if (peer.finFrame != 0) {
                sender.payloadAfterPeersFin += packet.payloadLength();
            }
        }
        if (isAck && peer.finFrame != 0 && packet.acknowledgment() - peer.behindFin >= 0) {
            if (peer.ackOfFinFrame == 0) {
                peer.ackOfFinFrame = frame;
            }
            if (packet.payloadLength() == 0) {
                phase = Frame.Phase.CLOSE;
            }
        }
        if ((flags & TcpFlags.FIN) != 0 && !isEarlier) {
            phase = Frame.Phase.CLOSE;
            if (sender.finFrame == 0) {
                sender.finFrame = frame;
                sender.isFinAck = isAck;
                sender.behindFin = packet.sequence() + packet.payloadLength() + 1;
            }
        }
    }

    /**
     * Whether the segment, before the SYN-ACK, is of a connection that there was before between the two sockets: it
     * acknowledges what comes before the peer's SYN, or it is the RST in answer to that (RFC 9293 §3.10.7.3).
     */
    private static boolean isEarlier(Packet packet, boolean isAck, Side sender, Side peer) {
        Side opener = isAck ? peer : sender;
        int number = isAck ? packet.acknowledgment() : packet.sequence();
        return opener.synFrame != 0 && opener.advanced == 0 && number - opener.base < 0;
    }

    private void followSyn(Packet packet, boolean isAck, boolean isCopy, Side sender, Side peer) {
        if (sender.synFrame != 0) {
            sender.synsSentAgain += isCopy ? 0 : 1;
        } else {
            sender.synFrame = packet.number();
            isSimultaneousOpen |= !isAck && peer.synFrame != 0 && synAckFrame == 0;
        }
        if (isAck && sender.synAckFrame == 0) {
            sender.synAckFrame = packet.number();
        }
        if (!isAck) {
            if (synFrame == 0) {
                clientSide = side;
                synFrame = packet.number();
            }
            lastSynNanos = packet.timeNanos();
            if (side == clientSide && !isCopy && ackFrame == 0) {
                synNanos = packet.timeNanos(); // of the one that was answered
            }
        } else if (synAckFrame == 0) {
            if (clientSide < 0) {
                clientSide = 1 - side;
            }
            synAckFrame = packet.number();
            synAckNanos = packet.timeNanos();
        } else if (!isCopy && ackFrame == 0) {
            synAckNanos = packet.timeNanos();
        }
    }

    private void countMarks(long frame, boolean isCopy) {
        if (markCounts == null) {
            markCounts = new int[MARKS];
        }
        for (int rest = marks; rest != 0; rest &= rest - 1) {
            markCounts[Integer.numberOfTrailingZeros(rest)]++;
        }
        if ((marks & bit(Mark.RETRANSMISSION)) != 0 && !isCopy) {
            sentAgain++;
            if (retransmissions == null) {
                retransmissions = new long[4];
            }
            if (retransmissionsListed < MOST_FRAMES_LISTED) {
                if (retransmissionsListed == retransmissions.length) {
                    retransmissions = Arrays.copyOf(retransmissions, 2 * retransmissionsListed);
                }
                retransmissions[retransmissionsListed++] = frame;
            }
        }
    }

    static int bit(Mark mark) {
        return 1 << mark.ordinal();
    }

    static Set<Mark> marks(int bits) {
        Set<Mark> marks = EnumSet.noneOf(Mark.class);
        for (Mark mark : Mark.values()) {
            if ((bits & bit(mark)) != 0) {
                marks.add(mark);
            }
        }
        return marks;
    }

    /**
     * @return bits of the last segment's marks
     */
    int marks() {
        return marks;
    }

    /**
     * @return who sent the last segment: 0 or 1
     */
    int side() {
        return side;
    }

    long relativeSequence() {
        return relativeSequence;
    }

    long relativeAcknowledgment() {
        return relativeAcknowledgment;
    }

    long windowBytes() {
        return windowBytes;
    }

    Frame.Phase phase() {
        return phase;
    }

    /** Who sent the first SYN, or was sent the SYN-ACK; without either, who has the higher port, as clients do. */
    @Override
    int clientSide() {
        if (clientSide >= 0) {
            return clientSide;
        }
        return port(0) >= port(1) ? 0 : 1;
    }

    /** Whether the capture does not tell who is the client. */
    public boolean isClientGuessed() {
        return clientSide < 0;
    }

    /**
     * How a connection ended, as far as the capture goes.
     */
    public enum End {
        /** Both ends sent a FIN, and both were acknowledged. */
        CLOSED("closed"),
        /** Both ends sent a FIN; an ACK of one is not there. */
        CLOSING("closing"),
        /** Only one end sent a FIN. */
        HALF_CLOSED("half-closed"),
        /** An RST ended it. */
        RESET("reset"),
        /** An RST was the answer to the SYN: nobody listens there. */
        REFUSED("refused"),
        /** The handshake was not completed: no answer, or no ACK of it. */
        HALF_OPEN("half-open"),
        /** No end is in the capture. */
        OPEN("open");

        private final String text;

        End(String text) {
            this.text = text;
        }

        /**
         * @return in words, as it is shown
         */
        public String text() {
            return text;
        }
    }

    public End end() {
        boolean isReset = sideAt(0).rstFrame != 0 || sideAt(1).rstFrame != 0;
        if (synFrame != 0 && synAckFrame == 0 && ackFrame == 0 && !hasData()) {
            return isReset ? End.REFUSED : End.HALF_OPEN;
        }
        if (isReset) {
            return End.RESET;
        }
        if (sideAt(0).finFrame != 0 && sideAt(1).finFrame != 0) {
            return sideAt(0).ackOfFinFrame != 0 && sideAt(1).ackOfFinFrame != 0 ? End.CLOSED : End.CLOSING;
        }
        if (sideAt(0).finFrame != 0 || sideAt(1).finFrame != 0) {
            return End.HALF_CLOSED;
        }
        return synAckFrame != 0 && ackFrame == 0 && !hasData() ? End.HALF_OPEN : End.OPEN;
    }

    private boolean hasData() {
        return sideAt(0).dataFrames + sideAt(1).dataFrames > 0;
    }

    /** What a stream has to be told of beyond its marks. */
    public enum Finding {
        STARTED_BEFORE("the capture was started in the middle of the connection"),
        GOES_ON("the capture ends before the connection does"),
        SIMULTANEOUS_OPEN("simultaneous open: both ends sent a SYN"),
        SIMULTANEOUS_CLOSE("simultaneous close: each end sent its FIN before it had the other's"),
        HALF_CLOSE("half-close: one end sent data after the other's FIN"),
        SYN_RETRANSMITTED("the SYN was sent again: the first was not answered in time"),
        RECORDED_TWICE(
                "packets are in the capture more than once: it was taken on several interfaces, or the network doubled"
                        + " them");

        private final String text;

        Finding(String text) {
            this.text = text;
        }

        /**
         * @return in words, as it is shown
         */
        public String text() {
            return text;
        }
    }

    public Set<Finding> findings() {
        Set<Finding> findings = EnumSet.noneOf(Finding.class);
        if (synFrame == 0) {
            findings.add(Finding.STARTED_BEFORE);
        }
        End end = end();
        if (end == End.OPEN || end == End.HALF_CLOSED || end == End.CLOSING) {
            findings.add(Finding.GOES_ON);
        }
        if (isSimultaneousOpen) {
            findings.add(Finding.SIMULTANEOUS_OPEN);
        }
        if (isSimultaneousClose()) {
            findings.add(Finding.SIMULTANEOUS_CLOSE);
        }
        if (sideAt(0).payloadAfterPeersFin + sideAt(1).payloadAfterPeersFin > 0) {
            findings.add(Finding.HALF_CLOSE);
        }
        if (sideAt(clientSide()).synsSentAgain > 0 && !isSimultaneousOpen) {
            findings.add(Finding.SYN_RETRANSMITTED);
        }
        if (recordedTwice() > 0) {
            findings.add(Finding.RECORDED_TWICE);
        }
        return findings;
    }

    /** The FIN that came second does not acknowledge the first one. */
    private boolean isSimultaneousClose() {
        Side one = sideAt(0);
        Side other = sideAt(1);
        if (one.finFrame == 0 || other.finFrame == 0) {
            return false;
        }
        Side first = one.finFrame < other.finFrame ? one : other;
        Side second = first == one ? other : one;
        return first.ackOfFinFrame == 0 && second.ackOfFinFrame != 0 || first.ackOfFinFrame > second.finFrame;
    }

    /**
     * A frame of the handshake or of the close.
     *
     * @param frame its number
     * @param fromClient who sent it
     * @param flags as they are named in the lab sheets: {@code SYN}, {@code SYN-ACK}, {@code ACK}, {@code FIN-ACK}, {@code RST}
     */
    public record Step(long frame, boolean fromClient, String flags) {}

    /**
     * @return SYN, SYN-ACK and ACK, without those that the capture does not have
     */
    public List<Step> handshake() {
        List<Step> steps = new ArrayList<>();
        addStep(steps, synFrame, true, "SYN");
        if (isSimultaneousOpen) {
            addStep(steps, sideAt(serverSide()).synFrame, false, "SYN");
            addStep(steps, sideAt(clientSide()).synAckFrame, true, "SYN-ACK");
        }
        addStep(steps, sideAt(serverSide()).synAckFrame, false, "SYN-ACK");
        addStep(steps, ackFrame, true, "ACK");
        return steps;
    }

    /**
     * @return the first FIN and the ACK of it, of each end, and the first RST of each end, in the order of the capture.
     *     A FIN that is also the ACK of the other's FIN is there once
     */
    public List<Step> close() {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            boolean isClient = i == clientSide();
            addStep(steps, sideAt(i).finFrame, isClient, sideAt(i).isFinAck ? "FIN-ACK" : "FIN");
            if (sideAt(i).ackOfFinFrame != sideAt(1 - i).finFrame
                    && sideAt(i).ackOfFinFrame != sideAt(1 - i).rstFrame) {
                addStep(steps, sideAt(i).ackOfFinFrame, !isClient, "ACK");
            }
            addStep(steps, sideAt(i).rstFrame, isClient, sideAt(i).isRstAck ? "RST-ACK" : "RST");
        }
        steps.sort(Comparator.comparingLong(Step::frame));
        return steps;
    }

    private static void addStep(List<Step> steps, long frame, boolean fromClient, String flags) {
        if (frame != 0) {
            steps.add(new Step(frame, fromClient, flags));
        }
    }

    /**
     * @return from the SYN to the SYN-ACK: the round trip as it is behind where the capture was taken, toward the server;
     *     negative if the capture does not have both, or both ends opened at once
     */
    public long serverRoundTripNanos() {
        return synFrame == 0 || synAckFrame == 0 || isSimultaneousOpen ? -1 : Math.max(0, synAckNanos - synNanos);
    }

    /**
     * @return from the SYN-ACK to the ACK: the round trip toward the client; negative likewise
     */
    public long clientRoundTripNanos() {
        return synAckFrame == 0 || ackFrame == 0 || isSimultaneousOpen ? -1 : Math.max(0, ackNanos - synAckNanos);
    }

    /**
     * @return the whole round trip, from the SYN to the ACK; negative if the capture does not have both
     */
    public long roundTripNanos() {
        return synFrame == 0 || synAckFrame == 0 || ackFrame == 0 ? -1 : Math.max(0, ackNanos - synNanos);
    }

    /**
     * @return how many segments have this mark
     */
    public long count(Mark mark) {
        return markCounts == null ? 0 : markCounts[mark.ordinal()];
    }

    /**
     * @return how many segments were sent again: those marked as retransmissions, without packets recorded twice
     */
    public long sentAgain() {
        return sentAgain;
    }

    /**
     * @return their frames, at most the first thousand
     */
    public List<Long> retransmissions() {
        List<Long> frames = new ArrayList<>();
        for (int i = 0; i < retransmissionsListed; i++) {
            frames.add(retransmissions[i]);
        }
        return Collections.unmodifiableList(frames);
    }

    /**
     * @param isClient of the client, else of the server
     * @return how many segments with data it sent
     */
    public long dataFrames(boolean isClient) {
        return sideAt(sideOf(isClient)).dataFrames;
    }

    /**
     * @param isClient of the client, else of the server
     * @return how much of its payload is in segments marked as retransmissions, in bytes
     */
    public long payloadSentAgain(boolean isClient) {
        return sideAt(sideOf(isClient)).payloadSentAgain;
    }

    /**
     * @param isClient of the client, else of the server
     * @return how many bytes of the stream it sent, each counted once, as the sequence numbers tell: those in segments
     *     that the capture does not have as well, but not those before its first
     */
    public long streamBytes(boolean isClient) {
        Side sender = sideAt(sideOf(isClient));
        boolean isFinBehind = sender.finFrame != 0 && sender.reached - sender.behindFin >= 0;
        return Math.max(0, sender.advanced - (isFinBehind ? 1 : 0));
    }
}
