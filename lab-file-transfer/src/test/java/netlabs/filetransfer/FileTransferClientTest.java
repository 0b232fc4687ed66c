package netlabs.filetransfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import netlabs.common.testing.Peers;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client, from its command line on, against a server that is driven by hand. */
@Timeout(60)
class FileTransferClientTest {
    private static final byte[] HELLO = "Hello, World!\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private ServerSocket listener;
    private TestConsole console;
    private Path file;
    private FutureTask<Integer> client;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(20_000);
        console = new TestConsole();
        file = Files.write(folder.resolve("hello.txt"), HELLO);
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    /** Starts the client, in a thread of its own, with the port and {@code arguments}. */
    private void start(String... arguments) {
        List<String> all = new ArrayList<>(List.of("client", "--port", "" + listener.getLocalPort()));
        all.addAll(List.of(arguments));
        client = new FutureTask<>(() -> FileTransferLab.program().run(all.toArray(new String[0]), console.console()));
        Thread thread = new Thread(client, "client");
        thread.setDaemon(true);
        thread.start();
    }

    private TransferPeer accept() throws IOException {
        return TransferPeer.of(listener.accept());
    }

    private void assertEnds(int status) throws Exception {
        try {
            assertThat(client.get(20, TimeUnit.SECONDS)).as(console.err()).isEqualTo(status);
        } catch (ExecutionException e) {
            throw new AssertionError(console.err(), e);
        }
    }

    private void assertFails(String message) throws Exception {
        assertEnds(1);
        assertThat(console.err()).contains("error: ", message).hasLineCount(1).doesNotContain("internal error");
    }

    private String server() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    private Path sparse(String name, long size) throws IOException {
        Path path = folder.resolve(name);
        try (var channel = Files.newByteChannel(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.position(size - 1).write(java.nio.ByteBuffer.allocate(1));
        }
        return path;
    }

    @Test
    void aFile() throws Exception {
        start(file.toString());
        try (TransferPeer server = accept()) {
            assertThat(server.offer()).isEqualTo(new Offer("hello.txt", 14, false, true));
            server.answer(Answer.YES);
            assertThat(server.receive(14)).isEqualTo(HELLO);
            assertThat(server.receive(32)).isEqualTo(TransferPeer.sha256(HELLO));
            server.answer(Answer.YES).expectEnd();
        }
        assertEnds(0);
        assertThat(console.out())
                .matches("Sending hello\\.txt: 14 bytes to \\('127\\.0\\.0\\.1', \\d+\\)\n"
                        + "Sent hello\\.txt: 14 bytes, SHA-256 "
                        + HexFormat.of().formatHex(TransferPeer.sha256(HELLO)) + ", \\d+\\.\\d MB/s\n");
        assertThat(console.err()).isEmpty();
    }

    @Test
    void withoutADigestNoneFollows() throws Exception {
        start("--no-digest", file.toString());
        try (TransferPeer server = accept()) {
            assertThat(server.offer()).isEqualTo(new Offer("hello.txt", 14, false, false));
            server.answer(Answer.YES);
            assertThat(server.receive(14)).isEqualTo(HELLO);
            server.answer(Answer.YES).expectEnd();
        }
        assertEnds(0);
        assertThat(console.out()).contains("Sent hello.txt: 14 bytes, ").doesNotContain("SHA");
    }

    @Test
    void aServerThatIsStillWorkingIsWaitedFor() throws Exception {
        start(file.toString());
        try (TransferPeer server = accept()) {
            server.offer();
            server.answer(Answer.WAIT).answer(Answer.WAIT).answer(Answer.YES);
            server.receive(14 + 32);
            server.answer(Answer.WAIT).answer(Answer.YES).expectEnd();
        }
        assertEnds(0);
    }

    @Test
    void aResume() throws Exception {
        start("--resume", file.toString());
        try (TransferPeer server = accept()) {
            assertThat(server.offer().resume()).isTrue();
            server.answer(Answer.from(7, TransferPeer.sha256(Arrays.copyOf(HELLO, 7))));
            assertThat(server.receive(8)).containsExactly(0, 0, 0, 0, 0, 0, 0, 7);
            assertThat(server.receive(7)).isEqualTo(Arrays.copyOfRange(HELLO, 7, 14));
            assertThat(server.receive(32)).isEqualTo(TransferPeer.sha256(HELLO));
            server.answer(Answer.YES).expectEnd();
        }
        assertEnds(0);
        assertThat(console.out()).contains("Resuming hello.txt: 7 of 14 bytes are there\n");
    }

    @Test
    void aResumeOfOtherBytesStartsOver() throws Exception {
        start("--resume", file.toString());
        try (TransferPeer server = accept()) {
            server.offer();
            server.answer(Answer.from(7, TransferPeer.sha256(new byte[7])));
            assertThat(server.receive(8)).containsOnly(0);
            assertThat(server.receive(14)).isEqualTo(HELLO);
            assertThat(server.receive(32)).isEqualTo(TransferPeer.sha256(HELLO));
            server.answer(Answer.YES).expectEnd();
        }
        assertEnds(0);
        assertThat(console.out()).contains("Starting hello.txt over: what is there has other bytes\n");
    }

    @ParameterizedTest
    @CsvSource({"false, 5", "true, 15", "true, 9223372036854775807"})
    void aResumeThatWasNotAskedFor(boolean resume, long offset) throws Exception {
        if (resume) {
            start("--resume", file.toString());
        } else {
            start(file.toString());
        }
        try (TransferPeer server = accept()) {
            server.offer();
            server.answer(Answer.from(offset, new byte[32])).expectGone();
        }
        assertFails(server() + " sent a reply that offers to resume at " + offset);
    }

    @Test
    void aResumePastTheOfferedSizeOfAFileThatGrew() throws Exception {
        start("--resume", file.toString());
        try (TransferPeer server = accept()) {
            server.offer();
            Files.write(file, HELLO, StandardOpenOption.APPEND);
            server.answer(Answer.from(20, TransferPeer.sha256(Arrays.copyOf(Files.readAllBytes(file), 20))))
                    .expectGone();
        }
        assertFails("reply that offers to resume at 20");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "48545450 2f312e31 20343030", // HTTP/1.1 400
                "0d000000 00000000 00000000",
                "00010000 00000000 00000000",
                "0000ffff 00000000 00000000",
                "00000000 ffffffff ffffffff"
            })
    void anAnswerThatIsNone(String hex) throws Exception {
        start(file.toString());
        try (TransferPeer server = accept()) {
            server.offer();
            server.send(HexFormat.of().parseHex(hex.replace(" ", ""))).expectGone();
        }
        assertFails("reply that is none of this protocol - is it run with --raw?");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 11, 12, 15})
    void anAnswerThatEnds(int cut) throws Exception {
        start(file.toString());
        try (TransferPeer server = accept()) {
            server.offer();
            server.send(Arrays.copyOf(Answer.no(Status.EXISTS, "text").encode().array(), cut));
        }
        assertFails(cut == 0 ? "closed the connection without an answer" : "sent a header that ended after ");
        assertThat(console.err()).contains(" - " + file + " was not stored\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connected", "offer", "file"})
    void aReset(String stage) throws Exception {
        start(file.toString());
        TransferPeer server = accept();
        if (!stage.equals("connected")) {
            server.offer();
        }
        if (stage.equals("file")) {
            server.answer(Answer.YES).receive(14 + 32);
        }
        server.reset();
        assertEnds(1);
        assertThat(console.err()).startsWith("error: " + server() + " ").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"connected", "answered", "sent"})
    void silence(String stage) throws Exception {
        start("--timeout", "200ms", file.toString());
        try (TransferPeer server = accept()) {
            if (!stage.equals("connected")) {
                server.offer();
                server.send(Arrays.copyOf(Answer.YES.encode().array(), stage.equals("sent") ? 12 : 5));
            }
            assertFails(server() + " was silent for 200 ms - is it run with --raw? - " + file + " was not stored");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServerThatTakesNothing(boolean digest) throws Exception {
        Path large = sparse("large", 64 << 20);
        if (digest) {
            start("--timeout", "300ms", large.toString());
        } else {
            start("--timeout", "300ms", "--no-digest", large.toString());
        }
        try (TransferPeer server = accept()) {
            server.offer();
            server.answer(Answer.YES);
            assertFails(server() + " was silent for 300 ms");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EXISTS, it exists already",
        "BAD_NAME, its name has a path in it",
        "BUSY, another client is sending it",
        "TOO_LARGE, its 14 bytes are more than the 3 of --max-size",
        "NO_SPACE, the disk is full",
        "NOT_WRITABLE, the folder cannot be written to: Read-only file system",
        "FULL, 'the server is full, it takes 1 at a time'",
        "ENDING, the server is ending",
        "STALLED, sent nothing for too long",
        "MALFORMED, sent a header of version 2"
    })
    void aRefusalIsTheUsersError(Status status, String why) throws Exception {
        start(file.toString());
        try (TransferPeer server = accept()) {
            server.offer();
            server.answer(Answer.no(status, why)).expectEnd();
        }
        assertFails("error: " + file + " was refused by " + server() + ": " + why + "\n");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void aRefusalInTheEnd() throws Exception {
        start(file.toString());
        try (TransferPeer server = accept()) {
            server.offer();
            server.answer(Answer.YES).receive(14 + 32);
            server.answer(Answer.no(Status.DAMAGED, "it arrived \u001b[2J with another SHA-256"))
                    .expectEnd();
        }
        assertFails("was refused by " + server() + ": it arrived \\x1b[2J with another SHA-256\n");
        assertThat(console.out()).doesNotContain("Sent");
    }

    /** The disk is full: the server says so, and takes no more. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRefusalInMidFile(boolean digest) throws Exception {
        Path large = sparse("large", 256 << 20);
        if (digest) {
            start(large.toString());
        } else {
            start("--no-digest", large.toString());
        }
        try (TransferPeer server = accept()) {
            server.offer();
            server.answer(Answer.YES).receive(1 << 20);
            server.answer(Answer.no(Status.NO_SPACE, "the disk is full")).halfClose();
            server.expectGone();
        }
        assertFails("error: " + large + " was refused by " + server() + ": the disk is full\n");
    }

    @Test
    void aYesInMidFile() throws Exception {
        Path large = sparse("large", 256 << 20);
        start("--timeout", "60s", large.toString()); // nothing is waited for
        try (TransferPeer server = accept()) {
            server.offer();
            server.answer(Answer.YES).receive(1 << 20);
            server.answer(Answer.YES).expectGone();
        }
        assertFails("sent a reply before the end of the file");
    }

    @Test
    void garbageInMidFile() throws Exception {
        Path large = sparse("large", 256 << 20);
        start("--timeout", "60s", large.toString()); // nothing is waited for
        try (TransferPeer server = accept()) {
            server.offer();
            server.answer(Answer.YES).receive(1 << 20);
            server.send("HTTP/1.1 500 Oh\r\n\r\n".getBytes(StandardCharsets.US_ASCII))
                    .expectGone();
        }
        assertFails("reply that is none of this protocol");
    }

    @Test
    void oneOfSeveralIsRefusedAndTheOthersAreSent() throws Exception {
        Path second = Files.write(folder.resolve("2"), HELLO);
        start(file.toString(), second.toString());
        try (TransferPeer server = accept()) {
            server.offer();
            server.answer(Answer.no(Status.EXISTS, "it exists already"));
            assertThat(server.offer().name()).isEqualTo("2");
            server.answer(Answer.YES).receive(14 + 32);
            server.answer(Answer.YES).expectEnd();
        }
        assertEnds(1);
        assertThat(console.err())
                .isEqualTo("error: " + file + " was refused by " + server() + ": it exists already\n"
                        + "error: 1 of 2 files were not stored\n");
        assertThat(console.out()).contains("Sent 2: 14 bytes");
    }

    @Test
    void aConnectionThatOneFileBrokeIsReplacedForTheNext() throws Exception {
        Path second = Files.write(folder.resolve("2"), HELLO);
        start(file.toString(), second.toString());
        TransferPeer broken = accept();
        broken.offer();
        broken.reset();
        try (TransferPeer server = accept()) {
            assertThat(server.offer().name()).isEqualTo("2");
            server.answer(Answer.YES).receive(14 + 32);
            server.answer(Answer.YES).expectEnd();
        }
        assertEnds(1);
        assertThat(console.err())
                .endsWith("error: 1 of 2 files were not stored\n")
                .hasLineCount(2);
    }

    @Test
    void whatCannotBeSentDoesNotStopTheRest() throws Exception {
        Path directory = Files.createDirectory(folder.resolve("directory"));
        start(folder.resolve("none").toString(), directory.toString(), file.toString());
        try (TransferPeer server = accept()) {
            server.offer();
            server.answer(Answer.YES).receive(14 + 32);
            server.answer(Answer.YES).expectEnd();
        }
        assertEnds(1);
        assertThat(console.err())
                .isEqualTo("error: cannot send " + folder.resolve("none") + ": no such file or directory\n"
                        + "error: cannot send " + directory + ": it is a directory\n"
                        + "error: 2 of 3 files were not stored\n");
    }

    /** To open it would block until somebody writes. */
    @Test
    void aFifoIsNotWaitedFor() throws Exception {
        Path fifo = folder.resolve("fifo");
        assertThat(new ProcessBuilder(Peers.require("mkfifo"), fifo.toString())
                        .start()
                        .waitFor())
                .isZero();
        start(fifo.toString());
        assertFails("cannot send " + fifo + ": it is no regular file (--raw sends a pipe)");
    }

    @Test
    void aFileThatShrinksBeforeItIsSent() throws Exception {
        Path second = Files.write(folder.resolve("2"), HELLO);
        start(file.toString(), second.toString());
        try (TransferPeer server = accept()) {
            server.offer();
            Files.write(file, new byte[3]);
            server.answer(Answer.YES).receive(3);
            server.expectEnd();
        }
        expectSecond();
        assertThat(console.err())
                .isEqualTo("error: cannot send " + file + ": it became shorter meanwhile\n"
                        + "error: 1 of 2 files were not stored\n");
    }

    @Test
    void aFileThatShrinksBeforeItIsResumed() throws Exception {
        Path second = Files.write(folder.resolve("2"), HELLO);
        start("--resume", file.toString(), second.toString());
        try (TransferPeer server = accept()) {
            server.offer();
            Files.write(file, new byte[3]);
            server.answer(Answer.from(14, new byte[32])).expectGone();
        }
        expectSecond();
        assertThat(console.err())
                .isEqualTo("error: cannot send " + file + ": it became shorter meanwhile\n"
                        + "error: 1 of 2 files were not stored\n");
    }

    private void expectSecond() throws Exception {
        try (TransferPeer server = accept()) {
            assertThat(server.offer().name()).isEqualTo("2");
            server.answer(Answer.YES).receive(14 + 32);
            server.answer(Answer.YES).expectEnd();
        }
        assertEnds(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofAFileThatGrowsWhatWasOfferedIsSent(boolean digest) throws Exception {
        if (digest) {
            start(file.toString());
        } else {
            start("--no-digest", file.toString());
        }
        try (TransferPeer server = accept()) {
            server.offer();
            Files.write(file, new byte[500_000], StandardOpenOption.APPEND);
            server.answer(Answer.YES);
            assertThat(server.receive(14)).isEqualTo(HELLO);
            if (digest) {
                assertThat(server.receive(32)).isEqualTo(TransferPeer.sha256(HELLO));
            }
            server.answer(Answer.YES).expectEnd();
        }
        assertEnds(0);
    }

    @Test
    void nobodyThere() throws Exception {
        int port = listener.getLocalPort();
        listener.close();
        start(file.toString());
        assertFails("error: connection refused by 127.0.0.1:" + port + " - is the server running?\n");
    }

    @Test
    void quietly() throws Exception {
        start("--quiet", file.toString());
        try (TransferPeer server = accept()) {
            server.offer();
            server.answer(Answer.YES).receive(14 + 32);
            server.answer(Answer.YES).expectEnd();
        }
        assertEnds(0);
        assertThat(console.out()).isEmpty();
        assertThat(console.err()).isEmpty();
    }
}
