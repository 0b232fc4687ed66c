package netlabs.filetransfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import netlabs.common.LabException;
import netlabs.filetransfer.TestServer.Limits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The server against a client that is driven by hand: what each is told, and what is in the folder
 * afterwards.
 */
@Timeout(60)
class StoringTest {
    private static final byte[] HELLO = "Hello, World!\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path temp;

    private Path dir;

    @BeforeEach
    void makeFolder() throws IOException {
        dir = Files.createDirectory(temp.resolve("dir"));
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static void storeHello(TransferPeer client, String name) throws IOException {
        client.offer(name, HELLO.length)
                .expectYes()
                .send(HELLO)
                .sendDigestOf(HELLO)
                .expectYes();
    }

    private static void awaitSize(Path file, long size) throws IOException {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!Files.exists(file) || Files.size(file) < size) {
            assertThat(System.nanoTime())
                    .as("the bytes that were sent are there")
                    .isLessThan(deadline);
            Thread.yield();
        }
    }

    @Test
    void aFileIsStoredAndBothAreToldHow() throws Exception {
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            storeHello(client, "hello.txt");
            server.assertStored("hello.txt", HELLO);
            client.halfClose().expectEnd();
            server.stop();
            assertThat(server.console().out())
                    .matches("Receiving hello\\.txt: 14 bytes from \\('127\\.0\\.0\\.1', \\d+\\)\n"
                            + "Received hello\\.txt: 14 bytes, SHA-256 "
                            + HexFormat.of().formatHex(TransferPeer.sha256(HELLO))
                            + ", \\d+\\.\\d MB/s\n");
            assertThat(server.console().err()).matches("ready: .*\n");
        }
    }

    @Test
    void severalFilesOverOneConnection() throws Exception {
        byte[] large = random(700_001);
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            storeHello(client, "1");
            client.offer("2", 0).expectYes().sendDigestOf(new byte[0]).expectYes();
            client.offer("3", large.length)
                    .expectYes()
                    .send(large)
                    .sendDigestOf(large)
                    .expectYes();
            client.offer(new Offer("4", HELLO.length, false, false))
                    .expectYes()
                    .send(HELLO)
                    .expectYes();
            server.assertStored("1", HELLO);
            server.assertStored("2", new byte[0]);
            server.assertStored("3", large);
            server.assertStored("4", HELLO);
        }
    }

    @Test
    void everythingByteByByte() throws Exception {
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            client.sendByteByByte(new Offer("naïve ✓.txt", HELLO.length, false, true)
                            .encode()
                            .array())
                    .expectYes()
                    .sendByteByByte(HELLO)
                    .sendByteByByte(TransferPeer.sha256(HELLO))
                    .expectYes();
            server.assertStored("naïve ✓.txt", HELLO);
        }
    }

    /** A client that does not wait for the answers gets them all the same. */
    @Test
    void everythingInOneSegment() throws Exception {
        byte[] offer = new Offer("a", HELLO.length, false, true).encode().array();
        byte[] all = Arrays.copyOf(offer, offer.length + HELLO.length + Digest.BYTES);
        System.arraycopy(HELLO, 0, all, offer.length, HELLO.length);
        System.arraycopy(TransferPeer.sha256(HELLO), 0, all, offer.length + HELLO.length, Digest.BYTES);
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            client.send(all).expectYes().expectYes();
            server.assertStored("a", HELLO);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../x | path",
                "/etc/x | path",
                "a/../../x | path",
                "C:\\x | path",
                ". | a folder's",
                ".. | a folder's",
                ".netlabs-x | the server's own",
                "<NUL> | NUL",
                "<300> | longer than 255 bytes"
            })
    void namesThatLeaveTheFolder(String name, String why) throws Exception {
        String given = name.equals("<NUL>") ? "a\0b" : name.equals("<300>") ? "x".repeat(300) : name;
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            client.offer(given, 5).expectNo(Status.BAD_NAME, why);
            storeHello(client, "the connection goes on");
            String shown = given.replace("\0", "\\x00");
            server.console().awaitErr("error: client " + client.tuple() + ": " + shown + " refused: ");
            assertThat(server.console().err()).contains(why);
            assertThat(server.names()).containsExactly("the connection goes on");
            assertThat(TestServer.names(temp)).containsExactly("dir");
        }
    }

    @Test
    void aNameThatSteersATerminalIsShownHarmless() throws Exception {
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            storeHello(client, "\u001b[2Jx\nerror: y");
            server.assertStored("\u001b[2Jx\nerror: y", HELLO);
            server.console().awaitOut("Received \\x1b[2Jx\\nerror: y: 14 bytes");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "file, false, it exists already",
        "folder, false, there is a folder with its name",
        "folder, true, there is a folder with its name",
        "link, false, there is a symbolic link with its name",
        "link, true, there is a symbolic link with its name"
    })
    void whatExistsIsKept(String kind, boolean overwrite, String why) throws Exception {
        Path outside = Files.writeString(temp.resolve("outside"), "mine");
        switch (kind) {
            case "file" -> Files.writeString(dir.resolve("a.txt"), "mine");
            case "folder" -> Files.createDirectory(dir.resolve("a.txt"));
            default -> Files.createSymbolicLink(dir.resolve("a.txt"), outside);
        }
        try (TestServer server = TestServer.storing(dir, overwrite, Long.MAX_VALUE, Limits.NONE);
                TransferPeer client = server.connect()) {
            client.offer("a.txt", HELLO.length).expectNo(Status.EXISTS, why);
            server.console().awaitErr("error: client " + client.tuple() + ": a.txt refused: " + why);
            storeHello(client, "b.txt");
            assertThat(outside).hasContent("mine");
            if (kind.equals("file")) {
                assertThat(dir.resolve("a.txt")).hasContent("mine");
            }
            assertThat(server.names()).containsExactly("a.txt", "b.txt");
        }
    }

    @Test
    void whatExistsIsReplacedWhereThatIsAllowed() throws Exception {
        Files.writeString(dir.resolve("a.txt"), "old");
        try (TestServer server = TestServer.storing(dir, true, Long.MAX_VALUE, Limits.NONE);
                TransferPeer client = server.connect()) {
            storeHello(client, "a.txt");
            server.assertStored("a.txt", HELLO);
        }
    }

    @Test
    void whatCameToExistMeanwhileIsKept() throws Exception {
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            client.offer("a.txt", HELLO.length).expectYes().send(HELLO);
            Files.writeString(dir.resolve("a.txt"), "mine");
            client.sendDigestOf(HELLO).expectNo(Status.EXISTS, "it exists already");
            server.console().awaitErr("a.txt refused: it exists already");
            storeHello(client, "b.txt");
            assertThat(dir.resolve("a.txt")).hasContent("mine");
        }
    }

    @Test
    void aFileThatIsTooLarge() throws Exception {
        try (TestServer server = TestServer.storing(dir, false, 14, Limits.NONE);
                TransferPeer client = server.connect()) {
            client.offer("a.txt", 15)
                    .expectNo(Status.TOO_LARGE, "its 15 bytes are more than the 14 of --max-size")
                    .offer("b.txt", Long.MAX_VALUE)
                    .expectNo(Status.TOO_LARGE, "its 9223372036854775807 bytes are more than the 14");
            storeHello(client, "c.txt");
            server.console().awaitErr(": a.txt refused: its 15 bytes");
            server.console().awaitErr(": b.txt refused: its 9223372036854775807 bytes");
            assertThat(server.names()).containsExactly("c.txt");
        }
    }

    @Test
    void aFileLargerThanTheDisk() throws Exception {
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            client.offer("a.txt", Long.MAX_VALUE).expectNo(Status.NO_SPACE, "the disk is too full");
            server.console().awaitErr(": a.txt refused: the disk is too full");
            storeHello(client, "a.txt");
        }
    }

    @Test
    void aFolderThatIsGone() throws Exception {
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            Files.delete(dir);
            client.offer("a.txt", 5).expectNo(Status.NOT_WRITABLE, "the folder cannot be written to");
            server.console().awaitErr("a.txt refused: the folder cannot be written to");
            Files.createDirectory(dir);
            storeHello(client, "a.txt");
        }
    }

    @Test
    void aWrongDigestLeavesNothing() throws Exception {
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            client.offer("a.txt", HELLO.length)
                    .expectYes()
                    .send(HELLO)
                    .sendDigestOf(new byte[0])
                    .expectNo(Status.DAMAGED, "it arrived with another SHA-256 than it was sent with");
            server.console().awaitErr("a.txt refused: it arrived with another SHA-256");
            assertThat(server.names()).isEmpty();
            storeHello(client, "a.txt");
        }
    }

    @Test
    void aSizeThatIsTooShortIsADigestThatIsWrong() throws Exception {
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            client.offer("a.txt", HELLO.length - 3)
                    .expectYes()
                    .send(HELLO)
                    .sendDigestOf(HELLO)
                    .expectNo(Status.DAMAGED, "another SHA-256");
            client.halfClose().expectNo(Status.MALFORMED, "header that ended after 3 of 16 bytes");
            client.expectEnd();
            server.stop();
            assertThat(server.names()).isEmpty();
        }
    }

    @Test
    void aSizeThatIsTooLongIsKeptAndResumed() throws Exception {
        try (TestServer server = TestServer.storing(dir)) {
            try (TransferPeer client = server.connect()) {
                client.offer("a.txt", HELLO.length + 100)
                        .expectYes()
                        .send(HELLO)
                        .halfClose()
                        .expectNo(Status.MALFORMED, "sent a file that ended after 14 of 114 bytes")
                        .expectEnd();
                server.console()
                        .awaitErr("error: client " + client.tuple()
                                + " sent a file that ended after 14 of 114 bytes; they are kept for --resume\n");
            }
            assertThat(server.names()).containsExactly(Folder.unfinishedName("a.txt"));
            try (TransferPeer client = server.connect()) {
                client.offerToResume("a.txt", HELLO.length)
                        .expectYesAt(HELLO.length)
                        .sendStart(HELLO.length)
                        .sendDigestOf(HELLO)
                        .expectYes();
            }
            server.assertStored("a.txt", HELLO);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "4854545020302e390d0a0d0a00000000, does not begin with NLFT but with 48545450",
        "4e4c465402000001000000000000000061, 'version 2, this is 1'",
        "4e4c465401800001000000000000000061, unknown flags 80",
        "4e4c4654010000000000000000000000, name of 0 bytes",
        "4e4c465401000401000000000000000061, name of 1025 bytes",
        "4e4c46540100000180000000000000ff61, size of 9223372036854776063 bytes",
        "4e4c4654010000010000000000000000ff, name that is not UTF-8",
    })
    void whatIsNoOfferEndsTheConnection(String hex, String why) throws Exception {
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            client.send(HexFormat.of().parseHex(hex))
                    .expectNo(Status.MALFORMED, why)
                    .halfClose()
                    .expectEnd();
            server.console().awaitErr("error: client " + client.tuple() + " sent a ");
            server.console().awaitErr(why);
            try (TransferPeer other = server.connect()) {
                storeHello(other, "a");
            }
            server.stop();
            assertThat(server.console().err()).hasLineCount(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 17, 20})
    void theEndInsideAnOffer(int cut) throws Exception {
        byte[] offer = new Offer("a.txt", 1, false, true).encode().array();
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            client.send(Arrays.copyOf(offer, cut))
                    .halfClose()
                    .expectNo(Status.MALFORMED, "header that ended after ")
                    .expectEnd();
            server.stop();
            assertThat(server.names()).isEmpty();
        }
    }

    @Test
    void theEndInsideTheDigestKeepsWhatCame() throws Exception {
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            client.offer("a.txt", HELLO.length)
                    .expectYes()
                    .send(HELLO)
                    .send(new byte[31])
                    .halfClose()
                    .expectNo(Status.MALFORMED, "header that ended after 31 of 32 bytes")
                    .expectEnd();
            server.stop();
            assertThat(server.unfinished("a.txt")).hasBinaryContent(HELLO);
            assertThat(server.names()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"idle, false", "offer, false", "answered, false", "some, true", "all, true", "digest, true"})
    void aResetAtEveryStage(String stage, boolean kept) throws Exception {
        byte[] file = random(300_000);
        try (TestServer server = TestServer.storing(dir)) {
            TransferPeer client = server.connect();
            switch (stage) {
                case "idle" -> {
                    storeHello(client, "b");
                    Files.delete(dir.resolve("b"));
                }
                case "offer" ->
                    client.send(Arrays.copyOf(
                            new Offer("a", 1, false, true).encode().array(), 10));
                case "answered" -> client.offer("a", file.length).expectYes();
                case "some" -> {
                    client.offer("a", file.length).expectYes().send(Arrays.copyOf(file, 1000));
                    awaitSize(server.unfinished("a"), 1000);
                }
                case "all" -> {
                    client.offer("a", file.length).expectYes().send(file);
                    awaitSize(server.unfinished("a"), file.length);
                }
                default -> {
                    client.offer("a", file.length).expectYes().send(file).send(new byte[31]);
                    awaitSize(server.unfinished("a"), file.length);
                }
            }
            String tuple = client.tuple();
            client.reset();
            server.console().awaitErr("error: client " + tuple + " reset the connection\n");
            try (TransferPeer other = server.connect()) {
                storeHello(other, "b");
            }
            server.stop();
            assertThat(server.names().contains(Folder.unfinishedName("a"))).isEqualTo(kept);
            assertThat(server.names()).contains("b").doesNotContain("a");
            assertThat(server.console().err()).hasLineCount(2);
        }
    }

    /** It cannot be told why; that is not worth a second line. */
    @ParameterizedTest
    @ValueSource(strings = {"header", "file", "resume"})
    void aClientThatLeavesInTheMiddle(String stage) throws Exception {
        try (TestServer server = TestServer.storing(dir)) {
            TransferPeer client = server.connect();
            byte[] offer = new Offer("a", 1000, false, true).encode().array();
            if (stage.equals("file")) {
                client.send(offer).expectYes().send(new byte[100]);
            } else if (stage.equals("resume")) { // gone before the server has read what is there
                Files.write(server.unfinished("a"), new byte[16 << 20]);
                client.offerToResume("a", 1L << 30);
            } else {
                client.send(Arrays.copyOf(offer, 10));
            }
            String tuple = client.tuple();
            client.leave();
            server.console().awaitErr("error: client " + tuple + " ");
            server.stop();
            assertThat(server.console().err()).hasLineCount(2);
        }
    }

    @Test
    void aClientThatLeavesBeforeItIsAnswered() throws Exception {
        byte[] file = random(300_000);
        try (TestServer server = TestServer.storing(dir)) {
            TransferPeer client = server.connect();
            client.offer("a", file.length)
                    .expectYes()
                    .send(file)
                    .sendDigestOf(file)
                    .leave();
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (!Files.exists(dir.resolve("a"))) {
                assertThat(System.nanoTime()).as(server.console().err()).isLessThan(deadline);
                Thread.yield();
            }
            server.stop();
            server.assertStored("a", file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "half a header", "half a file", "half a digest"})
    void aClientThatStallsIsToldSoAndTheOthersGoOn(String stage) throws Exception {
        try (TestServer server = TestServer.storing(dir, new Limits(100, false, 300));
                TransferPeer client = server.connect()) {
            byte[] offer =
                    new Offer("a.txt", HELLO.length, false, true).encode().array();
            switch (stage) {
                case "nothing" -> storeHello(client, "b.txt");
                case "half a header" -> client.send(Arrays.copyOf(offer, 18));
                case "half a file" -> client.send(offer).expectYes().send(Arrays.copyOf(HELLO, 5));
                default -> client.send(offer).expectYes().send(HELLO).send(new byte[7]);
            }
            try (TransferPeer other = server.connect()) {
                storeHello(other, "c.txt");
            }
            client.expectNo(Status.STALLED, "sent nothing for too long (idle timeout)")
                    .expectEnd();
            server.console()
                    .awaitErr("error: client " + client.tuple() + " sent nothing for too long (idle timeout)\n");
            server.stop();
            if (stage.equals("half a file")) {
                assertThat(server.unfinished("a.txt")).hasContent("Hello");
            }
            assertThat(server.names()).contains("c.txt").doesNotContain("a.txt");
        }
    }

    @Test
    void severalAtOnceWithOneThatStalls() throws Exception {
        byte[] file = random(200_000);
        try (TestServer server = TestServer.storing(dir);
                TransferPeer stalling = server.connect();
                TransferPeer one = server.connect();
                TransferPeer two = server.connect()) {
            stalling.offer("s", file.length).expectYes().send(Arrays.copyOf(file, 100_000));
            one.offer("1", file.length).expectYes().send(Arrays.copyOf(file, 70_000));
            two.offer("2", file.length).expectYes().send(Arrays.copyOf(file, 80_000));
            one.send(Arrays.copyOfRange(file, 70_000, file.length))
                    .sendDigestOf(file)
                    .expectYes();
            two.send(Arrays.copyOfRange(file, 80_000, file.length))
                    .sendDigestOf(file)
                    .expectYes();
            stalling.send(Arrays.copyOfRange(file, 100_000, file.length))
                    .sendDigestOf(file)
                    .expectYes();
            for (String name : new String[] {"s", "1", "2"}) {
                server.assertStored(name, file);
            }
        }
    }

    @Test
    void oneNameFromTwo() throws Exception {
        try (TestServer server = TestServer.storing(dir);
                TransferPeer first = server.connect();
                TransferPeer second = server.connect()) {
            first.offer("a", HELLO.length).expectYes().send(Arrays.copyOf(HELLO, 5));
            second.offer("a", HELLO.length).expectNo(Status.BUSY, "another client is sending it");
            server.console()
                    .awaitErr("error: client " + second.tuple() + ": a refused: another client is sending it\n");
            storeHello(second, "b");
            first.send(Arrays.copyOfRange(HELLO, 5, HELLO.length))
                    .sendDigestOf(HELLO)
                    .expectYes();
            second.offer("a", HELLO.length).expectNo(Status.EXISTS, "it exists already");
            server.assertStored("a", HELLO);
        }
    }

    @Test
    void oneMoreThanTheServerTakes() throws Exception {
        try (TestServer server = TestServer.storing(dir, new Limits(1, false, 0));
                TransferPeer first = server.connect()) {
            storeHello(first, "a");
            try (TransferPeer second = server.connect()) {
                second.offer("b", 1)
                        .expectNo(Status.FULL, "the server is full, it takes 1 at a time")
                        .expectGone();
                server.console().awaitErr("warning: client " + second.tuple() + " refused: ");
            }
            storeHello(first, "b");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"some", "digest", "start"})
    void theServerEndsInTheMiddle(String stage) throws Exception {
        if (stage.equals("start")) {
            Files.write(dir.resolve(Folder.unfinishedName("a")), Arrays.copyOf(HELLO, 5));
        }
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            int sent = stage.equals("digest") ? HELLO.length : 5;
            if (stage.equals("start")) {
                client.offerToResume("a", HELLO.length).expectYesAt(5);
            } else {
                client.offer("a", HELLO.length).expectYes().send(Arrays.copyOf(HELLO, sent));
                awaitSize(server.unfinished("a"), sent);
            }
            server.stop();
            client.expectNo(Status.ENDING, "the server is ending").expectEnd();
            server.console().awaitErr("was cut off in a ");
            assertThat(server.names()).containsExactly(Folder.unfinishedName("a"));
            assertThat(server.unfinished("a")).hasBinaryContent(Arrays.copyOf(HELLO, sent));
        }
    }

    @Test
    void aServerThatEndsLetsAnIdleClientGo() throws Exception {
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            storeHello(client, "a");
            server.stop();
            client.expectEnd();
            assertThat(server.console().err()).hasLineCount(1);
        }
    }

    @Test
    void onceEndsWithItsClient() throws Exception {
        try (TestServer server = TestServer.storing(dir, new Limits(100, true, 0));
                TransferPeer client = server.connect()) {
            storeHello(client, "a");
            storeHello(client, "b");
            client.halfClose().expectEnd();
            server.await();
            assertThat(server.names()).containsExactly("a", "b");
        }
    }

    @Test
    void onceWithAFileThatWasRefusedHasFailed() throws Exception {
        try (TestServer server = TestServer.storing(dir, new Limits(100, true, 0));
                TransferPeer client = server.connect()) {
            storeHello(client, "a");
            client.offer("a", 1).expectNo(Status.EXISTS, "").halfClose().expectEnd();
            assertThatThrownBy(server::await)
                    .isInstanceOf(LabException.class)
                    .hasMessage("client " + client.tuple()
                            + ": a refused: it exists already (a server with --overwrite replaces it)");
            assertThat(server.console().err()).doesNotContain("refused"); // whoever awaits the server says it
        }
    }

    @Test
    void onceWithAClientThatBrokeOffHasFailed() throws Exception {
        try (TestServer server = TestServer.storing(dir, new Limits(100, true, 0));
                TransferPeer client = server.connect()) {
            client.offer("a", 10).expectYes().send(new byte[3]).halfClose();
            assertThatThrownBy(server::await)
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("sent a file that ended after 3 of 10 bytes");
        }
    }

    @Test
    void aTransferIsResumedWhereItBrokeOff() throws Exception {
        byte[] file = random(900_000);
        try (TestServer server = TestServer.storing(dir)) {
            TransferPeer broken = server.connect();
            broken.offerToResume("a", file.length).expectYes().send(Arrays.copyOf(file, 600_000));
            awaitSize(server.unfinished("a"), 600_000);
            broken.reset();
            server.console().awaitErr("reset the connection\n");
            try (TransferPeer client = server.connect()) {
                Answer answer = client.offerToResume("a", file.length).answer();
                assertThat(answer.status()).isEqualTo(Status.OK);
                assertThat(answer.offset()).isEqualTo(600_000);
                assertThat(answer.digest()).isEqualTo(TransferPeer.sha256(Arrays.copyOf(file, 600_000)));
                client.sendStart(600_000)
                        .send(Arrays.copyOfRange(file, 600_000, file.length))
                        .sendDigestOf(file)
                        .expectYes();
            }
            server.assertStored("a", file);
            assertThat(server.console().out()).contains("Resuming a: 600000 of 900000 bytes are there\n");
        }
    }

    @Test
    void whatIsThereMayBeAnotherFiles() throws Exception {
        Files.writeString(dir.resolve(Folder.unfinishedName("a")), "another");
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            client.offerToResume("a", HELLO.length)
                    .expectYesAt(7)
                    .sendStart(0)
                    .send(HELLO)
                    .sendDigestOf(HELLO)
                    .expectYes();
            server.assertStored("a", HELLO);
        }
    }

    @Test
    void whatIsThereAndLongerThanTheFileIsNotResumed() throws Exception {
        Files.writeString(dir.resolve(Folder.unfinishedName("a")), "x".repeat(15));
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            client.offerToResume("a", HELLO.length)
                    .expectYes()
                    .send(HELLO)
                    .sendDigestOf(HELLO)
                    .expectYes();
            server.assertStored("a", HELLO);
        }
    }

    @Test
    void whatIsThereIsNotResumedUnasked() throws Exception {
        Files.writeString(dir.resolve(Folder.unfinishedName("a")), "Hello");
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            storeHello(client, "a");
            server.assertStored("a", HELLO);
        }
    }

    @Test
    void aResumeWithADigestThatIsWrongInTheEndLeavesNothing() throws Exception {
        Files.writeString(dir.resolve(Folder.unfinishedName("a")), "Jello");
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            client.offerToResume("a", HELLO.length)
                    .expectYesAt(5)
                    .sendStart(5)
                    .send(Arrays.copyOfRange(HELLO, 5, HELLO.length))
                    .sendDigestOf(HELLO)
                    .expectNo(Status.DAMAGED, "another SHA-256");
            assertThat(server.names()).isEmpty();
            storeHello(client, "a");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4, 6, 14, 15, -2, Long.MIN_VALUE, Long.MAX_VALUE})
    void aStartThatWasNotOffered(long start) throws Exception {
        Files.writeString(dir.resolve(Folder.unfinishedName("a")), "Hello");
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            client.offerToResume("a", HELLO.length)
                    .expectYesAt(5)
                    .sendStart(start)
                    .expectNo(Status.MALFORMED, "sent a start of " + start + ", which was not offered")
                    .halfClose()
                    .expectEnd();
            server.stop();
            assertThat(server.unfinished("a")).hasContent("Hello");
            assertThat(server.names()).hasSize(1);
        }
    }

    @Test
    void aClientThatHashesForLongGivesSignsOfLife() throws Exception {
        Files.writeString(dir.resolve(Folder.unfinishedName("a")), "Hello");
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            client.offerToResume("a", HELLO.length)
                    .expectYesAt(5)
                    .sendStart(Storing.STILL_HASHING)
                    .sendStart(Storing.STILL_HASHING)
                    .sendStart(5)
                    .send(Arrays.copyOfRange(HELLO, 5, HELLO.length))
                    .sendDigestOf(HELLO)
                    .expectYes();
            server.assertStored("a", HELLO);
        }
    }

    @Test
    void theEndInPlaceOfTheStart() throws Exception {
        Files.writeString(dir.resolve(Folder.unfinishedName("a")), "Hello");
        try (TestServer server = TestServer.storing(dir);
                TransferPeer client = server.connect()) {
            client.offerToResume("a", HELLO.length)
                    .expectYesAt(5)
                    .halfClose()
                    .expectNo(Status.MALFORMED, "header that ended after 0 of 8 bytes")
                    .expectEnd();
            server.stop();
            assertThat(server.unfinished("a")).hasContent("Hello");
        }
    }
}
