package netlabs.capture.flow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import netlabs.capture.analysis.Frame;
import netlabs.capture.analysis.Frame.Transport;
import netlabs.capture.analysis.Mark;

/**
 * Collects the frames of a capture into a ladder for each TCP stream and each UDP flow, in the order in which
 * they begin, and one for everything else. Keeps no more than it will show: of a long stream its first frames and
 * its last, so that the handshake and the close are there.
 */
public final class Ladders {
    /** A pause so long is shown as one. Those of TCP itself (a delayed ACK, 40 ms) and of people are longer. */
    static final long PAUSE_NANOS = 20_000_000;

    /** More diagrams nobody looks at. */
    static final int MAX_LADDERS = 100;

    /** What has no ports is drawn between so many hosts; those of further ones are notes. */
    private static final int MAX_HOSTS = 3;

    private static final long OTHERS = -1;

    private final int limit;
    private final Map<Long, Collected> all = new LinkedHashMap<>();
    private int lastTcp = -1;
    private int lastUdp = -1;
    private long notDrawn;

    /**
     * @param limit how many frames of a stream are shown, at least 1
     */
    public Ladders(int limit) {
        this.limit = limit;
    }

    /** Adds the next frame of the file. */
    public void add(Frame frame) {
        boolean isOther = frame.transport() == Transport.OTHER || frame.stream() < 0;
        long key = isOther ? OTHERS : (long) frame.transport().ordinal() << 32 | frame.stream();
        Collected ladder = all.get(key);
        if (ladder == null) {
            if (all.size() - (all.containsKey(OTHERS) ? 1 : 0) >= MAX_LADDERS && !isOther) {
                countNotDrawn(frame);
                return;
            }
            ladder = isOther ? new Others(limit) : new Stream(limit, frame);
            all.put(key, ladder);
        }
        ladder.add(frame);
    }

    /** Streams are numbered from 0 in the order in which they begin: a higher number is a new one. */
    private void countNotDrawn(Frame frame) {
        if (frame.transport() == Transport.TCP && frame.stream() > lastTcp) {
            lastTcp = frame.stream();
            notDrawn++;
        } else if (frame.transport() == Transport.UDP && frame.stream() > lastUdp) {
            lastUdp = frame.stream();
            notDrawn++;
        }
    }

    /**
     * @return the ladders, those of streams and flows first
     */
    public List<Ladder> list() {
        List<Ladder> ladders = new ArrayList<>();
        for (Collected one : all.values()) {
            if (one instanceof Stream) {
                ladders.add(one.ladder());
            }
        }
        Collected others = all.get(OTHERS);
        if (others != null) {
            ladders.add(others.ladder());
        }
        return ladders;
    }

    /**
     * @return how many streams and flows were too many to be drawn
     */
    public long notDrawn() {
        return notDrawn;
    }

    /** The frames of one ladder. */
    private abstract static class Collected {
        private final int most;
        private final int mostLast;
        private final List<Frame> first = new ArrayList<>();
        private final Deque<Frame> last = new ArrayDeque<>();
        private long count;

        Collected(int limit) {
            mostLast = limit / 4;
            most = limit - mostLast;
        }

        void add(Frame frame) {
            count++;
            if (first.size() < most) {
                first.add(frame);
                return;
            }
            last.add(frame);
            if (last.size() > mostLast) {
                last.remove();
            }
        }

        final long count() {
            return count;
        }

        final List<Row> rows() {
            List<Row> rows = new ArrayList<>();
            addRows(rows, first);
            long leftOut = count - first.size() - last.size();
            if (leftOut > 0) {
                rows.add(new Row.LeftOut(leftOut));
                addRows(rows, last);
            } else if (!last.isEmpty()) {
                addPause(rows, first.get(first.size() - 1), last.getFirst());
                addRows(rows, last);
            }
            return rows;
        }

        private void addRows(List<Row> rows, Iterable<Frame> frames) {
            Frame before = null;
            for (Frame frame : frames) {
                if (before != null) {
                    addPause(rows, before, frame);
                }
                rows.add(row(frame));
                before = frame;
            }
        }

        private static void addPause(List<Row> rows, Frame before, Frame frame) {
            long gap = frame.timeNanos() - before.timeNanos();
            if (gap >= PAUSE_NANOS && frame.timeNanos() != Frame.NO_TIME) {
                rows.add(new Row.Pause(gap));
            }
        }

        abstract Row row(Frame frame);

        abstract Ladder ladder();
    }

    /** Between a client and a server. */
    private static final class Stream extends Collected {
        private final Frame opening;
        /** Payload bytes of the client and of the server, and how many of them had been sent before. */
        private final long[] bytes = new long[2];

        private final long[] again = new long[2];

        Stream(int limit, Frame opening) {
            super(limit);
            this.opening = opening;
        }

        @Override
        void add(Frame frame) {
            super.add(frame);
            if (frame.remark().equals(Frame.SEEN_TWICE)) {
                return; // sent once
            }
            int side = frame.fromClient() ? 0 : 1;
            bytes[side] += frame.payloadLength();
            if (frame.marks().contains(Mark.RETRANSMISSION)) {
                again[side] += frame.payloadLength();
            }
        }

        private String bytes(int side) {
            return FrameText.count(bytes[side], "byte")
                    + (side == 0 ? " from the client" : " from the server")
                    + (again[side] == 0 ? "" : " (" + again[side] + " of them sent again)");
        }

        @Override
        Row row(Frame frame) {
            return new Row.Arrow(frame, frame.fromClient() ? 0 : 1, frame.fromClient() ? 1 : 0);
        }

        @Override
        Ladder ladder() {
            Transport transport = opening.transport();
            String source = FrameText.address(transport, opening.source());
            String destination = FrameText.address(transport, opening.destination());
            boolean fromLeft = opening.fromClient();
            return new Ladder(
                    (transport == Transport.TCP ? "TCP stream " : "UDP flow ") + opening.stream(),
                    FrameText.count(count(), "frame") + ", " + bytes(0) + ", " + bytes(1),
                    List.of(
                            new Ladder.Lifeline("client", fromLeft ? source : destination),
                            new Ladder.Lifeline("server", fromLeft ? destination : source)),
                    rows());
        }
    }

    /** What belongs to no stream. */
    private static final class Others extends Collected {
        private final List<String> hosts = new ArrayList<>();

        Others(int limit) {
            super(limit);
        }

        @Override
        void add(Frame frame) {
            super.add(frame);
            if (frame.source() == null || frame.destination() == null) {
                return;
            }
            String from = FrameText.address(Transport.OTHER, frame.source());
            String to = FrameText.address(Transport.OTHER, frame.destination());
            if (!from.equals(to) && missing(from) + missing(to) + hosts.size() <= MAX_HOSTS) {
                addHost(from);
                addHost(to);
            }
        }

        private int missing(String host) {
            return hosts.contains(host) ? 0 : 1;
        }

        private void addHost(String host) {
            if (!hosts.contains(host)) {
                hosts.add(host);
            }
        }

        @Override
        Row row(Frame frame) {
            int from = hosts.indexOf(FrameText.address(Transport.OTHER, frame.source()));
            int to = hosts.indexOf(FrameText.address(Transport.OTHER, frame.destination()));
            return from < 0 || to < 0 || from == to ? new Row.Note(frame) : new Row.Arrow(frame, from, to);
        }

        @Override
        Ladder ladder() {
            List<Ladder.Lifeline> lifelines = new ArrayList<>();
            for (String host : hosts) {
                lifelines.add(new Ladder.Lifeline("", host));
            }
            return new Ladder("Packets without a stream", FrameText.count(count(), "frame"), lifelines, rows());
        }
    }
}
