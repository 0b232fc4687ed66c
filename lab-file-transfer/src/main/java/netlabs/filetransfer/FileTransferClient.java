package netlabs.filetransfer;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import netlabs.common.LabException;
import netlabs.common.console.Console;
import netlabs.common.net.Connection;
import netlabs.common.net.Connector;
import netlabs.common.net.MalformedMessageException;
import netlabs.common.net.SocketAddresses;
import netlabs.common.net.SocketErrors;
import netlabs.common.net.Watchdog;

/**
 * The client of the protocol, in the order of its socket calls: socket, connect; for each file
 *
 * <pre>
 *   send the {@link Offer}, receive the {@link Answer}
 *   if the server has some of it already: send the offset to begin at (8 bytes)
 *   send the file, then its digest (32 bytes); an answer that comes before the end is a refusal
 *   receive the {@link Answer}: stored, or why not
 * </pre>
 *
 * and close. A connection that a file broke is replaced for the next.
 */
final class FileTransferClient implements AutoCloseable {
    /**
     * @param timeoutMillis for the connection, and for each of the server's signs of life
     * @param resume whether to go on where an interrupted transfer ended
     * @param digest whether the server is to check the file's SHA-256
     */
    record Options(String host, int port, int timeoutMillis, boolean resume, boolean digest) {
        String server() {
            return SocketAddresses.colon(host, port);
        }

        /** What is said of a server that neither sends nor takes anything. */
        String silence() {
            return server() + " was silent for " + timeoutMillis + " ms";
        }
    }

    /** Why a transfer failed that the user has ended. */
    static final String ABORTED = "was given up: this program is being ended";

    private static final long SIGN_OF_LIFE_NANOS = 200_000_000;

    private final Options options;
    private final TransferTranscript transcript;
    private final Console console;
    private final BufferPool pool = new BufferPool();

    /** Null: there is none, or none that can be used. */
    private volatile Connection server;

    private HeaderReader answers;
    private boolean unreachable;
    private volatile boolean aborted;

    FileTransferClient(Options options, TransferTranscript transcript, Console console) {
        this.options = options;
        this.transcript = transcript;
        this.console = console;
    }

    /**
     * Sends each of {@code files}; one that is refused does not keep the others from being sent.
     *
     * @throws LabException if one was not stored
     */
    void send(List<Path> files) {
        Watchdog watchdog = Watchdog.start(options.timeoutMillis(), this::connections, console.err());
        try {
            sendAll(files);
        } finally {
            watchdog.close();
        }
    }

    private void sendAll(List<Path> files) {
        int failed = 0;
        for (Path path : files) {
            try {
                send(path);
            } catch (LabException e) {
                if (files.size() == 1 || unreachable || aborted) {
                    throw e; // nor will the others be stored
                }
                console.err().error(e.getMessage(), e);
                failed++;
            }
        }
        if (failed > 0) {
            throw new LabException(failed + " of " + files.size() + " files were not stored");
        }
    }

    private List<Connection> connections() {
        Connection open = server;
        return open == null ? List.of() : List.of(open);
    }

    private void send(Path path) {
        if (Files.exists(path) && !Files.isDirectory(path) && !Files.isRegularFile(path)) { // to open it may block
            throw new LabException("cannot send " + path + ": it is no regular file (--raw sends a pipe)");
        }
        try (FileChannel file = RawSender.open(path)) {
            connect();
            exchange(path, file);
        } catch (RefusedException e) {
            throw new LabException(path + " was refused by " + options.server() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            disconnect();
            throw new LabException(fault(e) + " - " + path + " was not stored", e);
        }
    }

    private String fault(IOException e) {
        if (e instanceof SocketTimeoutException) {
            return options.silence() + " - is it run with --raw?";
        }
        return options.server() + " " + (e instanceof EOFException ? e.getMessage() : SocketErrors.peerFault(e));
    }

    private void connect() throws IOException {
        if (server == null) {
            unreachable = true;
            Socket socket = Connector.connect(options.host(), options.port(), options.timeoutMillis(), () -> {});
            server = new Connection(socket);
            unreachable = false;
            answers = new HeaderReader(server, options.timeoutMillis());
            if (aborted) {
                abort(); // it came while there was no connection
            }
        }
    }

    private void exchange(Path path, FileChannel file) throws IOException {
        String name = path.getFileName().toString();
        long size = file.size();
        try (Digest digest = new Digest(options.digest(), pool)) {
            server.send(new Offer(name, size, options.resume(), options.digest()).encode());
            Answer answer = accepted(false);
            transcript.begins("Sending", name, size, "to", server.peer());
            long start = start(path, file, size, answer, digest);
            long began = System.nanoTime();
            sendBytes(path, file, start, size, digest);
            byte[] sent = digest.value();
            server.send(ByteBuffer.wrap(sent));
            long nanos = System.nanoTime() - began;
            accepted(false);
            transcript.ended("Sent", name, size, sent, size - start, nanos);
        }
    }

    /**
     * @return where to begin
     */
    private long start(Path path, FileChannel file, long size, Answer answer, Digest digest) throws IOException {
        String name = path.getFileName().toString();
        long offset = answer.offset();
        if (offset == 0) {
            return 0;
        }
        if (!options.resume() || offset > size) {
            throw new MalformedMessageException("reply that offers to resume at " + offset);
        }
        long lastSign = System.nanoTime();
        while (file.position() < offset) {
            if (System.nanoTime() - lastSign > SIGN_OF_LIFE_NANOS) {
                sendStart(Storing.STILL_HASHING);
                lastSign = System.nanoTime();
            }
            ByteBuffer buffer = digest.take();
            buffer.limit((int) Math.min(buffer.capacity(), offset - file.position()));
            if (file.read(buffer) < 0) {
                disconnect();
                throw becameShorter(path);
            }
            digest.give(buffer.limit(buffer.position()));
        }
        boolean same = Arrays.equals(answer.digest(), digest.value());
        if (same) {
            transcript.resumes(name, offset, size);
        } else {
            transcript.startsOver(name);
            file.position(0);
            digest.reset();
            offset = 0;
        }
        sendStart(offset);
        return offset;
    }

    private void sendStart(long offset) throws IOException {
        server.send(ByteBuffer.allocate(Long.BYTES).putLong(0, offset));
    }

    private void sendBytes(Path path, FileChannel file, long start, long size, Digest digest) throws IOException {
        try (Progress progress = ProgressDisplay.of(console, path.getFileName().toString(), start, size)) {
            long end = FileSender.send(file, start, size, server, digest, progress, this::checkForRefusal);
            if (end < size) {
                throw becameShorter(path);
            }
        } catch (LabException e) {
            disconnect(); // there is no other way to take the announced size back
            throw e;
        } catch (IOException e) {
            boolean isClear = e instanceof RefusedException
                    || e instanceof MalformedMessageException
                    || e instanceof SocketTimeoutException;
            throw isClear ? e : refusalOr(e);
        }
    }

    private static LabException becameShorter(Path path) {
        return new LabException("cannot send " + path + ": it became shorter meanwhile");
    }

    /** The server says why before it closes; the close may be noticed first. */
    private IOException refusalOr(IOException fault) {
        try {
            accepted(true);
        } catch (RefusedException e) {
            return e;
        } catch (IOException e) {
            fault.addSuppressed(e);
        }
        return fault;
    }

    private void checkForRefusal() throws IOException {
        if (server.available() > 0) {
            accepted(true);
        }
    }

    /**
     * Receives an answer.
     *
     * @param early whether it comes where none is due: then it can only be a refusal
     * @throws RefusedException if it is not yes
     */
    private Answer accepted(boolean early) throws IOException {
        Answer answer;
        do {
            answer = answers.answer();
            if (answer == null) {
                throw new EOFException("closed the connection without an answer - is it run with --raw?");
            }
        } while (answer.status() == Status.WORKING);
        if (answer.status() == Status.OK && early) {
            throw new MalformedMessageException("reply before the end of the file");
        }
        if (answer.status() != Status.OK) {
            if (early || answer.status().endsConnection()) {
                disconnect();
            }
            throw new RefusedException(answer.status(), answer.text());
        }
        return answer;
    }

    /** Breaks off what is being sent, and all that is still to be, with a RST: it is not whole. Any thread. */
    void abort() throws IOException {
        aborted = true;
        Connection open = server;
        if (open != null) {
            open.abort(ABORTED);
        }
    }

    private void disconnect() {
        Connection broken = server;
        server = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (IOException e) {
                console.err().error("cannot close the connection: " + e.getMessage(), e);
            }
        }
    }

    /** Closes the connection. */
    @Override
    public void close() {
        disconnect();
    }
}
