package netlabs.capture.record;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import netlabs.common.LabException;
import org.pcap4j.core.BpfProgram;
import org.pcap4j.core.BpfProgram.BpfCompileMode;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapDumper;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.core.PcapStat;
import org.pcap4j.core.Pcaps;
import org.pcap4j.core.RawPacketListener;
import org.pcap4j.packet.namednumber.DataLinkType;

/**
 * Records the packets of an interface to a file. No packet passes through Java: libpcap's loop is given libpcap's own
 * function that writes to a file, and that costs what it costs tcpdump.
 *
 * <pre>
 *   start():   pcap_create, pcap_set_..., pcap_activate, pcap_set_datalink, pcap_compile, pcap_setfilter,
 *              pcap_dispatch, which empties the ring of what came before the filter,
 *              pcap_dump_open; from here on the kernel keeps every packet that matches
 *              one thread, "recorder", round after round:
 *                pcap_loop(1)   waits, for as long as none comes, for a packet
 *                pcap_loop      takes packets out of the kernel's ring and calls
 *                pcap_dump      for each, which writes it to a buffer, and that to the file
 *                               until, a quarter of a second after the first, a timer calls pcap_breakloop
 *                pcap_dump_flush
 *   close():   waits until what the kernel had at that moment is in the file;
 *              pcap_breakloop, pcap_stats, pcap_close, pcap_dump_close
 * </pre>
 *
 * <p><b>The last packets.</b> On Linux the kernel collects packets in blocks and hands one over when it is full or when
 * the time to wait is over (TPACKET_V3 in packet_mmap.rst), and pcap_breakloop(3PCAP) leaves unread what was handed
 * over. So {@link #close} lets the loop run until every packet that the kernel had counted by then is in the file.
 *
 * <p><b>The rounds.</b> Nothing that is seen stays for long in a buffer that a killed program takes with it, a disk that
 * is full is noticed when it is, and where no packets come nothing is done. What a broken pcap_loop leaves unread is read
 * by the next.
 */
public final class Recorder implements AutoCloseable {
    /** The pseudo-interface that stands for all: Linux's only, here. */
    public static final String ANY = "any";

    /** All of the longest packet: libpcap's MAXIMUM_SNAPLEN, and tcpdump's default. */
    public static final int SNAPLEN = 262_144;

    /** The kernel's ring: tcpdump's default, 2 MiB. */
    public static final int BUFFER_BYTES = 2 << 20;

    /**
     * How long a packet may wait in the kernel for others. The ring has 8 blocks of 256 KiB and loses packets when all
     * are full or waiting to be read: at 100 ms each, that is not before the reader was held up for 0.8 s.
     */
    public static final int READ_MILLIS = 100;

    /** How long a round lasts: how long what was read waits for being written. */
    private static final int ROUND_MILLIS = 250;

    private static final DataLinkType LINUX_SLL2 = new DataLinkType(276, "LINUX_SLL2");
    private static final int FOREVER = -1;

    /** In every network namespace: the kernel's LOOPBACK_IFINDEX. */
    private static final int LOOPBACK_INDEX = 1;

    /** How long {@link #close} waits at most. */
    private static final int DRAIN_MILLIS = 2_000;

    private static final int JOIN_MILLIS = 2_000;

    /**
     * @param device the name of an interface, or {@link #ANY}
     * @param filter an expression of pcap-filter(7), empty for everything
     * @param file is written anew
     * @param snaplen how many bytes of a packet are kept at most
     * @param bufferBytes the size of the kernel's ring
     * @param count end by itself after so many packets; 0: never
     * @param readMillis how long the kernel may collect packets before it hands them over; at least 1
     * @param lingerMillis how long {@link #close} goes on recording, for what follows the last close of a socket
     */
    public record Options(
            String device,
            String filter,
            Path file,
            int snaplen,
            int bufferBytes,
            int count,
            int readMillis,
            int lingerMillis) {}

    /**
     * What has become of the packets.
     *
     * @param captured in the file
     * @param dropped by the kernel, because the ring was full
     */
    public record Counts(long captured, long dropped) {}

    private final Options options;
    private final PcapHandle handle;
    private final PcapDumper dumper;
    private final RecordedFile file;
    private final String linkType;

    /** Whether every packet that the kernel counts gets to the file. */
    private final boolean exact;

    /** What the kernel had counted when the recording began; before the filter was set, whatever came. */
    private final PcapStat before;

    private final CountDownLatch loopEnd = new CountDownLatch(1);
    private final Thread thread;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, task -> daemon(new Thread(task, "recorder timer")), new ThreadPoolExecutor.DiscardPolicy());
    private final Consumer<LabException> cutShort;
    private volatile PcapNativeException loopFault;
    private volatile boolean closing;

    /** What cannot be written any more; guarded by {@link #file}. */
    private boolean broken;

    /** Null: still recording; guarded by this. */
    private Counts counts;

    /** Why not everything is in the file; null if it is; guarded by this. */
    private LabException fault;

    private Recorder(
            Options options,
            Consumer<LabException> cutShort,
            PcapHandle handle,
            RecordedFile file,
            PcapDumper dumper,
            boolean exact,
            PcapStat before)
            throws PcapNativeException {
        this.options = options;
        this.cutShort = cutShort;
        this.handle = handle;
        this.file = file;
        this.dumper = dumper;
        this.exact = exact;
        this.before = before;
        this.linkType = Pcaps.dataLinkValToName(handle.getDlt().value());
        this.thread = daemon(new Thread(this::record, "recorder"));
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** A libpcap that cannot be woken must not keep the program from ending. */
    private static Thread daemon(Thread thread) {
        thread.setDaemon(true);
        return thread;
    }

    /** Begins to record as {@link #start(Options, Consumer)} does, for who waits for its end, and hears then. */
    public static Recorder start(Options options) {
        return start(options, fault -> {});
    }

    /**
     * Begins to record: what matches from now on is recorded when this returns.
     *
     * @param cutShort is told, from a thread of the recorder, when the recording has ended because no more could be
     *     written, or the interface has gone; {@link #close} throws the same
     * @throws LabException if there is no libpcap, no permission, no such interface, a fault in the filter, or the
     *     file cannot be written
     */
    public static Recorder start(Options options, Consumer<LabException> cutShort) {
        Libpcap.require();
        PcapHandle handle;
        try {
            handle = new PcapHandle.Builder(options.device())
                    .snaplen(options.snaplen())
                    .bufferSize(options.bufferBytes())
                    .timeoutMillis(options.readMillis())
                    // as tcpdump: what is for others is wanted too, and the sum of all interfaces cannot
                    .promiscuousMode(
                            options.device().equals(ANY) ? PromiscuousMode.NONPROMISCUOUS : PromiscuousMode.PROMISCUOUS)
                    .build();
        } catch (PcapNativeException e) {
            throw Libpcap.opening(options.device(), e);
        }
        RecordedFile file = null;
        try {
            boolean exact = setLinkTypeAndFilter(handle, options);
            emptyRing(handle);
            // libpcap takes more where the link's header alone is longer
            file = new RecordedFile(options.file(), Math.max(options.snaplen(), handle.getSnapshot()));
            // In this order: a packet between the two makes close() wait for longer than it need, not end too soon.
            PcapStat before = handle.getStats();
            file.countSince(microsNow());
            PcapDumper dumper = handle.dumpOpen(options.file().toString());
            Recorder recorder = new Recorder(options, cutShort, handle, file, dumper, exact, before);
            recorder.thread.start();
            return recorder;
        } catch (PcapNativeException e) {
            close(handle, file);
            throw new LabException("cannot record to " + options.file() + ": " + Libpcap.words(e), e);
        } catch (NotOpenException e) {
            throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            close(handle, file);
            throw e;
        }
    }

    /** Until the filter was set, the kernel took all that came: on a busy network the ring may be full of it. */
    private static void emptyRing(PcapHandle handle) throws PcapNativeException, NotOpenException {
        RawPacketListener nobody = packet -> {};
        try {
            handle.setBlockingMode(PcapHandle.BlockingMode.NONBLOCKING);
            handle.dispatch(FOREVER, nobody);
            handle.setBlockingMode(PcapHandle.BlockingMode.BLOCKING);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e); // that is how pcap4j says pcap_breakloop, which nobody has called
        }
    }

    private static void close(PcapHandle handle, RecordedFile file) {
        handle.close();
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw LabException.ofFile("cannot write", file.file(), e);
        }
    }

    /**
     * @return whether no packet passes the kernel's filter that libpcap throws away after it
     */
    private static boolean setLinkTypeAndFilter(PcapHandle handle, Options options)
            throws PcapNativeException, NotOpenException {
        boolean any = options.device().equals(ANY) && setSll2(handle);
        try {
            // By itself, so that its faults are said in libpcap's words and no bracket of it can close one of ours.
            BpfProgram alone =
                    handle.compileFilter(options.filter(), BpfCompileMode.OPTIMIZE, PcapHandle.PCAP_NETMASK_UNKNOWN);
            alone.free();
        } catch (PcapNativeException e) {
            throw new LabException("filter '" + options.filter() + "': " + Libpcap.words(e), e);
        }
        if (any) {
            // The loopback shows every packet twice, as sent and as received. libpcap drops the first copy of it, when
            // it comes to it; said to the kernel, half as many packets take room in the ring, and its count is ours.
            String once = "not (outbound and ifindex " + LOOPBACK_INDEX + ")"
                    + (options.filter().isBlank() ? "" : " and (" + options.filter() + ")");
            try {
                handle.setFilter(once, BpfCompileMode.OPTIMIZE);
                return true;
            } catch (PcapNativeException e) {
                // an older libpcap, which does not know ifindex: its own way, then
                handle.setFilter(options.filter(), BpfCompileMode.OPTIMIZE);
                return false;
            }
        }
        handle.setFilter(options.filter(), BpfCompileMode.OPTIMIZE);
        return false;
    }

    /** LINUX_SLL2 says of each packet on which interface it was; an older libpcap has LINUX_SLL only. */
    static boolean setSll2(PcapHandle handle) throws PcapNativeException, NotOpenException {
        for (DataLinkType offered : handle.listDatalinks()) {
            if (offered.value().equals(LINUX_SLL2.value())) {
                handle.setDlt(LINUX_SLL2);
                return true;
            }
        }
        return false;
    }

    private static long microsNow() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    /** How many packets the kernel has put into the ring. */
    private static long counted(PcapStat stat) {
        return stat.getNumPacketsReceived() - stat.getNumPacketsDropped();
    }

    /** The recorder's thread. */
    private void record() {
        boolean goesOn = true;
        try {
            for (int missing; goesOn && (missing = missing()) != 0; goesOn = !closing && isAllWritten()) {
                if (!loop(1)) {
                    continue;
                }
                timer.schedule(this::endRound, ROUND_MILLIS, TimeUnit.MILLISECONDS);
                if (missing != 1) {
                    loop(missing == FOREVER ? FOREVER : missing - 1);
                }
            }
        } catch (PcapNativeException e) {
            loopFault = e; // the interface has gone
            goesOn = false;
        } catch (NotOpenException e) {
            return; // closed, and this thread was not waited for
        } finally {
            loopEnd.countDown();
        }
        if (!goesOn) {
            timer.execute(this::cutShort);
        }
    }

    /**
     * @return how many packets of {@code count} are still to come; {@link #FOREVER}
     */
    private int missing() {
        return options.count() == 0 ? FOREVER : (int) (options.count() - packets());
    }

    /**
     * Records so many packets.
     *
     * @return false if pcap_breakloop came before the last
     */
    private boolean loop(int count) throws PcapNativeException, NotOpenException {
        try {
            handle.loop(count, dumper);
            return true;
        } catch (InterruptedException e) {
            return false; // that is how pcap4j says pcap_breakloop
        }
    }

    /** The timer's thread. */
    private void endRound() {
        flush(); // libpcap before 1.10 hears of pcap_breakloop with the next packet only
        try {
            handle.breakLoop();
        } catch (NotOpenException e) {
            return; // closed meanwhile
        }
    }

    /** Flushes, in the recorder's thread: as nobody writes, all that is there must be whole. */
    private boolean isAllWritten() {
        synchronized (file) {
            try {
                broken |= !flush() || file.isCutOff();
            } catch (IOException e) {
                broken = true; // as in flush()
            }
            return !broken;
        }
    }

    /** The timer's thread: who uses the recorder need not come to look for long. */
    private void cutShort() {
        LabException why = end() ? fault() : null;
        if (why != null) {
            cutShort.accept(why);
        }
    }

    private synchronized LabException fault() {
        return fault;
    }

    /**
     * @return the name of the link type, as {@code tcpdump -L} and pcap-linktype(7) have it: {@code LINUX_SLL2}
     */
    public String linkType() {
        return linkType;
    }

    /**
     * Waits until the recording has ended by itself: after {@code count} packets, because no more can be written, or
     * because the interface has gone.
     *
     * @return false if that is not so within {@code millis}
     */
    public boolean awaitEnd(long millis) throws InterruptedException {
        return loopEnd.await(millis, TimeUnit.MILLISECONDS);
    }

    /**
     * @return how many packets are in the file; of those that are recorded just now it does not yet know
     */
    public long packets() {
        synchronized (file) {
            return file.packets();
        }
    }

    /** Has libpcap write down what it holds, and looks at the file: libpcap does not look whether its writes succeed. */
    private boolean flush() {
        synchronized (file) {
            try {
                dumper.flush();
                broken |= !file.advance();
            } catch (PcapNativeException | NotOpenException | IOException e) {
                broken = true; // finish() finds out why, once nobody writes any more
            }
            return !broken;
        }
    }

    /**
     * Ends the recording, when every packet is in the file that the kernel had seen by now, or {@code lingerMillis}
     * later. Any thread.
     *
     * @throws LabException if not all could be written, or the interface has gone; the file is whole as far as it goes
     */
    @Override
    public void close() {
        end();
        LabException why = fault();
        if (why != null) {
            throw why;
        }
    }

    /**
     * @return false if somebody else has ended it
     */
    private synchronized boolean end() {
        if (counts != null) {
            return false;
        }
        long dropped = 0;
        try {
            drain();
            closing = true;
            handle.breakLoop();
            thread.join(JOIN_MILLIS);
            dropped = handle.getStats().getNumPacketsDropped() - before.getNumPacketsDropped();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (PcapNativeException | NotOpenException e) {
            fault = new LabException("cannot end the recording to " + options.file() + ": " + e.getMessage(), e);
        }
        closing = true; // also if the ring could not be drained
        timer.shutdown();
        String unwritten = finish();
        counts = new Counts(packets(), dropped);
        if (unwritten != null) {
            fault = new LabException("cannot write " + options.file() + ": " + unwritten
                    + " - what was written before, " + counts.captured() + " packets, is kept");
        } else if (loopFault != null) {
            fault = new LabException(
                    "recording on " + options.device() + " ended early: " + Libpcap.words(loopFault), loopFault);
        }
        return true;
    }

    /**
     * @return what has become of the packets, when the recording is closed
     */
    public synchronized Counts counts() {
        if (counts == null) {
            throw new IllegalStateException("still recording");
        }
        return counts;
    }

    /** Waits until what the kernel has seen is in the file. */
    private void drain() throws InterruptedException, PcapNativeException, NotOpenException {
        if (loopEnd.await(options.lingerMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
        long now = microsNow();
        long expected = counted(handle.getStats()) - counted(before);
        long start = System.nanoTime();
        long growth = start;
        long packets = -1;
        // What a block waits for is a timer of the kernel's, which nothing here can hear of: so look, every few
        // milliseconds, and be done at the first that shows that the ring was read up to this moment.
        do {
            if (!flush()) {
                return;
            }
            if (exact && file.packetsSince() >= expected) {
                return;
            }
            if (file.latestMicros() > now) {
                return; // the ring is a queue: with a younger packet in the file, all older ones are
            }
            if (file.packets() != packets) {
                packets = file.packets();
                growth = System.nanoTime();
            }
            // Handed over once the timer has run out twice: once it found the block in use, once it did not.
            if (!exact && millisSince(growth) > 3L * options.readMillis()) {
                return;
            }
        } while (millisSince(start) < DRAIN_MILLIS
                && !loopEnd.await(Math.max(1, options.readMillis() / 8), TimeUnit.MILLISECONDS));
    }

    private static long millisSince(long nanoTime) {
        return (System.nanoTime() - nanoTime) / 1_000_000;
    }

    /**
     * Closes everything, and leaves a file of whole records.
     *
     * @return why not all could be written; null if it was
     */
    private String finish() {
        synchronized (file) {
            try (file) {
                if (thread.isAlive()) {
                    flush(); // closing under the feet of pcap_loop would end the process
                } else {
                    handle.close();
                    flush();
                    dumper.close();
                }
                broken |= !file.advance() || !thread.isAlive() && file.isCutOff();
                return broken ? file.cutBack() : null;
            } catch (IOException e) {
                return e.getMessage();
            }
        }
    }
}
