package netlabs.filetransfer;

import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Locale;
import netlabs.common.console.Console;
import netlabs.common.net.SocketAddresses;

/** The console lines of both sides: name, size, SHA-256 and rate. Nothing with {@code --quiet}. */
final class TransferTranscript {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Console console;
    private final boolean quiet;

    TransferTranscript(Console console, boolean quiet) {
        this.console = console;
        this.quiet = quiet;
    }

    /**
     * {@code Sending a.iso: 2048 bytes to ('127.0.0.1', 5006)}
     *
     * @param size -1 where it is not known
     */
    void begins(String verb, String name, long size, String direction, InetSocketAddress peer) {
        line(verb + " " + name + (size < 0 ? " " : ": " + size + " bytes ") + direction + " "
                + SocketAddresses.tuple(peer));
    }

    /** {@code Resuming a.iso: 1024 of 2048 bytes are there} */
    void resumes(String name, long offset, long size) {
        line("Resuming " + name + ": " + offset + " of " + size + " bytes are there");
    }

    /** What is there of {@code name} is not how the client's file begins. */
    void startsOver(String name) {
        line("Starting " + name + " over: what is there has other bytes");
    }

    /**
     * {@code Sent a.iso: 2048 bytes, SHA-256 2c26..., 812.3 MB/s}
     *
     * @param moved how many of the bytes this connection has carried
     * @param nanos how long that took
     */
    void ended(String verb, String name, long size, byte[] digest, long moved, long nanos) {
        double rate = moved / 1e6 / (Math.max(1, nanos) / NANOS_PER_SECOND);
        line(verb + " " + name + ": " + size + " bytes"
                + (digest.length == 0 ? "" : ", SHA-256 " + HexFormat.of().formatHex(digest))
                + String.format(Locale.ROOT, ", %.1f MB/s", rate));
    }

    private void line(String text) {
        if (!quiet) {
            console.out().line(text);
        }
    }
}
