package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stories of connections, told to the server in each of its models. */
@Timeout(60)
class WebServerTest {
    private static final byte[] HELLO = "<h1>hello</h1>\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path root;

    @BeforeEach
    void site() throws IOException {
        Files.write(root.resolve("hello.html"), HELLO);
        Files.createDirectory(root.resolve("docs"));
    }

    private byte[] file(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Files.write(root.resolve(name), bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "pool", "selector", "selectors"})
    void aFileIsServed(String model) throws Exception {
        try (TestServer server = new TestServer(model, root);
                HttpPeer client = server.connect()) {
            HttpPeer.Reply reply = client.get("/hello.html").reply();
            assertThat(reply.statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(reply.body()).isEqualTo(HELLO);
            assertThat(reply.field("content-type")).isEqualTo("text/html; charset=utf-8");
            assertThat(reply.fields()).containsKeys("date", "last-modified", "etag");
            server.console.awaitOut("Ready to serve...\n127.0.0.1 - - [");
            server.console.awaitOut("\"GET /hello.html HTTP/1.1\" 200 15\n");
        }
    }

    @Test
    void anIterativeServerClosesBehindItsAnswer() throws Exception {
        try (TestServer server = new TestServer("iterative", root);
                HttpPeer client = server.connect()) {
            assertThat(client.get("/hello.html").reply().field("connection")).isEqualTo("close");
            client.expectEnd();
        }
    }

    @Test
    void anIterativeServerServesOneClientAfterTheOther() throws Exception {
        try (TestServer server = new TestServer("iterative", root);
                HttpPeer first = server.connect();
                HttpPeer second = server.connect()) {
            first.send("GET /hello.html HT");
            second.get("/docs/");
            assertThat(server.awaitClients(1)).isTrue();
            assertThat(second.available()).isZero();
            first.send("TP/1.1\r\nHost: a\r\n\r\n");
            assertThat(first.reply().status()).isEqualTo(200);
            assertThat(second.reply().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "pool", "selector", "selectors"})
    void aConnectionStaysOpenForTheNextRequest(String model) throws Exception {
        try (TestServer server = new TestServer(model, root);
                HttpPeer client = server.connect()) {
            for (int i = 0; i < 3; i++) {
                HttpPeer.Reply reply = client.get("/hello.html").reply();
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.fields()).doesNotContainKey("connection");
            }
            client.send("GET /hello.html HTTP/1.1\r\nHost: a\r\nConnection: foo, Close\r\n\r\n");
            assertThat(client.reply().field("connection")).isEqualTo("close");
            client.expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "selector"})
    void http10ClosesUnlessItAsksForMore(String model) throws Exception {
        try (TestServer server = new TestServer(model, root);
                HttpPeer client = server.connect()) {
            client.send("GET /hello.html HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            assertThat(client.reply().field("connection")).isEqualTo("keep-alive");
            client.send("GET /hello.html HTTP/1.0\r\n\r\n");
            assertThat(client.reply().field("connection")).isEqualTo("close");
            client.expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "pool", "selector", "selectors"})
    void pipelinedRequestsAreAnsweredInOrder(String model) throws Exception {
        byte[] large = file("large.bin", 3_000_000);
        byte[] middle = file("middle.bin", 100_000);
        try (TestServer server = new TestServer(model, root);
                HttpPeer client = server.connect()) {
            StringBuilder requests = new StringBuilder();
            for (int i = 0; i < 50; i++) {
                for (String name : List.of("hello.html", "middle.bin", "none", i % 10 == 0 ? "large.bin" : "docs")) {
                    requests.append("GET /").append(name).append(" HTTP/1.1\r\nHost: a\r\n\r\n");
                }
                requests.append("HEAD /middle.bin HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            client.send(requests.toString());
            for (int i = 0; i < 50; i++) {
                assertThat(client.reply().body()).isEqualTo(HELLO);
                assertThat(client.reply().body()).isEqualTo(middle);
                assertThat(client.reply().status()).isEqualTo(404);
                HttpPeer.Reply fourth = client.reply();
                if (i % 10 == 0) {
                    assertThat(fourth.body()).isEqualTo(large);
                } else {
                    assertThat(fourth.status()).isEqualTo(301);
                }
                HttpPeer.Reply head = client.reply(true);
                assertThat(head.field("content-length")).isEqualTo("100000");
            }
        }
    }

    @Test
    void pipelinedAnswersOfALoopLeaveInOneWrite() throws Exception {
        try (TestServer server = new TestServer("selector", root);
                HttpPeer client = server.connect()) {
            client.get("/hello.html").reply();
            String request = "GET /hello.html HTTP/1.1\r\nHost: a\r\n\r\n";
            client.send(request.repeat(5));
            HttpPeer.Reply first = client.reply();
            int rest = first.statusLine().length();
            assertThat(rest).isPositive();
            // What was written with the first answer has arrived with it: nothing is waited for.
            int one = 4 * (first.body().length + 150);
            assertThat(client.available()).isGreaterThan(one);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "selector"})
    void aBodyIsReadAndTheNextRequestFoundBehindIt(String model) throws Exception {
        try (TestServer server = new TestServer(model, root);
                HttpPeer client = server.connect()) {
            client.send("GET /hello.html HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nGET /"
                    + "POST /hello.html HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "4;x=y\r\nGET \r\n0\r\nA: b\r\n\r\n"
                    + "GET /none HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.reply().status()).isEqualTo(200);
            HttpPeer.Reply post = client.reply();
            assertThat(post.status()).isEqualTo(405);
            assertThat(post.field("allow")).isEqualTo("GET, HEAD");
            assertThat(client.reply().status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void whoWaitsForAWordBeforeTheBodyGetsIt(String model) throws Exception {
        try (TestServer server = new TestServer(model, root);
                HttpPeer client = server.connect()) {
            client.send("GET /hello.html HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.reply().statusLine()).isEqualTo("HTTP/1.1 100 Continue");
            client.send("12345");
            assertThat(client.reply().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void whoseBodyIsNotWantedIsToldBeforeItIsSent(String model) throws Exception {
        try (TestServer server = new TestServer(model, root);
                HttpPeer client = server.connect()) {
            client.send("POST /hello.html HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            HttpPeer.Reply reply = client.reply();
            assertThat(reply.status()).isEqualTo(405);
            assertThat(reply.field("connection")).isEqualTo("close");
            client.send("12345").expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void whatCannotBeFramedIsRefusedAndTheConnectionClosed(String model) throws Exception {
        String smuggled = "GET /hello.html HTTP/1.1\r\nHost: a\r\n\r\n";
        for (String bad : List.of(
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 4, 4\r\n\r\nabcd",
                "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n")) {
            try (TestServer server = new TestServer(model, root);
                    HttpPeer client = server.connect()) {
                client.send(bad + smuggled);
                HttpPeer.Reply reply = client.reply();
                assertThat(reply.status()).as(bad).isEqualTo(400);
                assertThat(reply.field("connection")).isEqualTo("close");
                client.expectEnd();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void theLimitsOfTheHead(String model) throws Exception {
        String host = " HTTP/1.1\r\nHost: a\r\n";
        assertRefused(model, "GET /" + "a".repeat(9_000) + host + "\r\n", 414);
        assertRefused(model, "GET /" + "a".repeat(100_000), 414);
        assertRefused(model, "GET /" + host + "X: " + "a".repeat(9_000) + "\r\n\r\n", 431);
        assertRefused(model, "GET /" + host + "X: a\r\n".repeat(100) + "\r\n", 431);
        assertRefused(model, "GET /" + host + ("X: " + "a".repeat(8_000) + "\r\n").repeat(9) + "\r\n", 431);
        assertRefused(model, "POST /" + host + "Content-Length: 1048577\r\n\r\n", 413);
        assertRefused(model, "GET / HTTP/2.0\r\n\r\n", 505);
        assertRefused(model, "BREW / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 501);
        assertRefused(model, "\u0016\u0003\u0001", 400); // a browser that was told https
    }

    private void assertRefused(String model, String request, int status) throws Exception {
        try (TestServer server = new TestServer(model, root);
                HttpPeer client = server.connect()) {
            client.send(request);
            assertThat(client.reply().status()).isEqualTo(status);
            client.expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aSlowHeadIsTimedOutHoweverItDrips(String model) throws Exception {
        try (TestServer server = new TestServer(model, root, 300, 10_000, 100);
                HttpPeer client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n");
            long end = System.nanoTime() + 10_000_000_000L;
            while (client.available() == 0 && System.nanoTime() < end) {
                client.send("X: a\r\n");
                LockSupport.parkNanos(20_000_000); // it drips
            }
            assertThat(client.reply().status()).isEqualTo(408);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aSlowBodyIsTimedOut(String model) throws Exception {
        try (TestServer server = new TestServer(model, root, 300, 10_000, 100);
                HttpPeer client = server.connect()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n123");
            assertThat(client.reply().status()).isEqualTo(408);
            client.expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void whoConnectsAndAsksForNothingIsClosedWithoutAWord(String model) throws Exception {
        try (TestServer server = new TestServer(model, root, 200, 10_000, 100);
                HttpPeer client = server.connect()) {
            client.expectEnd();
            assertThat(server.console.err()).doesNotContain("error");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "selector"})
    void anIdleConnectionIsClosedWithoutAWord(String model) throws Exception {
        try (TestServer server = new TestServer(model, root, 10_000, 200, 100);
                HttpPeer client = server.connect()) {
            assertThat(client.get("/hello.html").reply().status()).isEqualTo(200);
            client.expectEnd();
            assertThat(server.awaitClients(0)).isTrue();
            assertThat(server.console.err()).doesNotContain("error");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "selector"})
    void anAnswerMayTakeLongerThanTheTimeLimitOfARequest(String model) throws Exception {
        byte[] large = file("large.bin", 20_000_000);
        try (TestServer server = new TestServer(model, root, 300, 10_000, 100);
                HttpPeer client = new HttpPeer(server.address(), 64 * 1024)) {
            client.get("/large.bin");
            byte[] head = client.read(1_000);
            int read = 1_000 - new String(head, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") - 4;
            for (long end = System.nanoTime() + 1_000_000_000L; System.nanoTime() < end; read += 300_000) {
                client.read(300_000); // slow, but it takes something
                LockSupport.parkNanos(50_000_000);
            }
            client.read(large.length - read);
            assertThat(client.get("/hello.html").reply().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "selector"})
    void aReaderMayPauseForLongerThanARequestMayTake(String model) throws Exception {
        byte[] large = file("large.bin", 20_000_000);
        try (TestServer server = new TestServer(model, root, 100, 10_000, 100);
                HttpPeer client = new HttpPeer(server.address(), 64 * 1024)) {
            client.get("/large.bin");
            LockSupport.parkNanos(1_000_000_000L);
            assertThat(client.reply().body()).isEqualTo(large);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "selector"})
    void aReaderThatTakesNothingIsReset(String model) throws Exception {
        file("large.bin", 20_000_000);
        try (TestServer server = new TestServer(model, root, 300, 300, 100);
                HttpPeer client = new HttpPeer(server.address(), 4 * 1024)) {
            client.get("/large.bin");
            server.console.awaitErr("took ");
            assertThat(client.readUntilReset()).isBetween(0L, 19_999_999L);
            server.console.awaitOut("\"GET /large.bin HTTP/1.1\" 200 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "selector"})
    void aReaderOfAHotFileThatTakesNothingIsResetAndTheOthersStillGetIt(String model) throws Exception {
        byte[] hot = file("hot.bin", 1_000_000);
        try (TestServer server = new TestServer(model, root, 300, 300, 100);
                HttpPeer client = server.connect();
                HttpPeer deaf = new HttpPeer(server.address(), 4 * 1024)) {
            assertThat(client.get("/hot.bin").reply().body()).isEqualTo(hot);
            deaf.send("GET /hot.bin HTTP/1.1\r\nHost: a\r\n\r\n".repeat(20));
            server.console.awaitErr("took ");
            assertThat(deaf.readUntilReset()).isBetween(0L, 19_999_999L);
            try (HttpPeer other = server.connect()) {
                assertThat(other.get("/hot.bin").reply().body()).isEqualTo(hot);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "pool", "selector", "selectors"})
    void clientsThatStallDoNotDisturbTheOthers(String model) throws Exception {
        file("large.bin", 20_000_000);
        try (TestServer server = new TestServer(model, root);
                HttpPeer half = server.connect();
                HttpPeer deaf = new HttpPeer(server.address(), 4 * 1024);
                HttpPeer silent = server.connect();
                HttpPeer client = server.connect()) {
            half.send("GET /hel");
            deaf.get("/large.bin");
            assertThat(silent.available()).isZero();
            for (int i = 0; i < 100; i++) {
                assertThat(client.get("/hello.html").reply().body()).isEqualTo(HELLO);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "selector"})
    void aClientTooManyIsToldSo(String model) throws Exception {
        try (TestServer server = new TestServer(model, root, 10_000, 10_000, 2);
                HttpPeer first = server.connect();
                HttpPeer second = server.connect()) {
            assertThat(first.get("/hello.html").reply().status()).isEqualTo(200);
            assertThat(second.get("/hello.html").reply().status()).isEqualTo(200);
            try (HttpPeer third = server.connect()) {
                HttpPeer.Reply reply = third.get("/hello.html").reply();
                assertThat(reply.status()).isEqualTo(503);
                assertThat(reply.field("retry-after")).isEqualTo("1");
                third.expectEnd();
            }
            server.console.awaitErr("refused: the server is full, 2 clients are connected");
            assertThat(first.get("/hello.html").reply().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aFileThatBecomesShorterIsCutOffWithAReset(String model) throws Exception {
        file("large.bin", 20_000_000);
        try (TestServer server = new TestServer(model, root);
                HttpPeer client = new HttpPeer(server.address(), 64 * 1024)) {
            client.get("/large.bin");
            client.read(1_000);
            try (RandomAccessFile file =
                    new RandomAccessFile(root.resolve("large.bin").toFile(), "rw")) {
                file.setLength(19_000_000);
            }
            assertThat(client.readUntilReset()).isBetween(0L, 19_000_000L);
            server.console.awaitErr("was cut off: large.bin became shorter while it was sent");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aFileThatGrowsOrIsRemovedIsSentAsItWas(String model) throws Exception {
        byte[] large = file("large.bin", 20_000_000);
        try (TestServer server = new TestServer(model, root);
                HttpPeer client = new HttpPeer(server.address(), 64 * 1024)) {
            client.get("/large.bin");
            byte[] first = client.read(1_000);
            assertThat(new String(first, 0, 15)).isEqualTo("HTTP/1.1 200 OK");
            Files.write(root.resolve("large.bin"), new byte[1_000], StandardOpenOption.APPEND);
            Files.delete(root.resolve("large.bin"));
            int head = new String(first, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
            byte[] rest = client.read(large.length - (first.length - head));
            byte[] body = new byte[large.length];
            System.arraycopy(first, head, body, 0, first.length - head);
            System.arraycopy(rest, 0, body, first.length - head, rest.length);
            assertThat(body).isEqualTo(large);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aClientThatHalfClosesGetsItsAnswer(String model) throws Exception {
        byte[] large = file("large.bin", 5_000_000);
        try (TestServer server = new TestServer(model, root);
                HttpPeer client = server.connect();
                HttpPeer cut = server.connect()) {
            client.get("/large.bin").halfClose();
            assertThat(client.reply().body()).isEqualTo(large);
            client.expectEnd();
            cut.send("GET / HT").halfClose();
            assertThat(cut.reply().status()).isEqualTo(400);
            cut.expectEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "pool", "selector", "selectors"})
    void closingEndsIdleConnectionsAndCompletesAnAnswer(String model) throws Exception {
        byte[] large = file("large.bin", 5_000_000);
        try (TestServer server = new TestServer(model, root);
                HttpPeer client = server.connect();
                HttpPeer idle = server.connect()) {
            client.get("/large.bin");
            byte[] head = client.read(1);
            assertThat(head[0]).isEqualTo((byte) 'H');
            if (!model.equals("iterative")) {
                assertThat(idle.get("/hello.html").reply().status()).isEqualTo(200);
            }
            Thread closing = new Thread(server::close);
            closing.start();
            assertThat(client.readUntilReset()).as("in order").isEqualTo(-1);
            closing.join(10_000);
            assertThat(closing.isAlive()).isFalse();
            assertThat(server.console.out()).contains("\"GET /large.bin HTTP/1.1\" 200 " + large.length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iterative", "thread", "selector"})
    void aHeadThatIsRefusedHasNoBodyEither(String model) throws Exception {
        try (TestServer server = new TestServer(model, root);
                HttpPeer client = server.connect()) {
            client.send("HEAD /hello.html HTTP/1.1\r\nHost : a\r\n\r\n");
            assertThat(client.reply(true).status()).isEqualTo(400);
            client.expectEnd();
        }
    }

    // What a hostile peer found.

    @ParameterizedTest
    @ValueSource(strings = {"thread", "pool", "selector"})
    void aSlowHeadBehindAnotherRequestIsTimedOut(String model) throws Exception {
        try (TestServer server = new TestServer(model, root, 400, 10_000, 100);
                HttpPeer client = server.connect()) {
            client.send("GET /hello.html HTTP/1.1\r\nHost: a\r\n\r\nGET /");
            assertThat(client.reply().status()).isEqualTo(200);
            long end = System.nanoTime() + 5_000_000_000L;
            while (client.available() == 0 && System.nanoTime() < end) {
                client.send("x");
                LockSupport.parkNanos(50_000_000); // it drips
            }
            assertThat(client.reply().status()).isEqualTo(408);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "selector"})
    void requestsThatOverlapHaveTheTimeOfARequestEach(String model) throws Exception {
        try (TestServer server = new TestServer(model, root, 500, 10_000, 100);
                HttpPeer client = server.connect()) {
            client.send("GET /");
            for (int i = 0; i < 12; i++) {
                LockSupport.parkNanos(100_000_000);
                client.send("hello.html HTTP/1.1\r\nHost: a\r\n\r\nGET /");
                assertThat(client.reply().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aClientThatSendsBehindItsOnlyRequestGetsAllOfTheAnswer() throws Exception {
        byte[] middle = file("middle.bin", 1_000_000);
        try (TestServer server = new TestServer("iterative", root);
                HttpPeer client = new HttpPeer(server.address(), 4 * 1024)) {
            client.get("/middle.bin");
            client.read(1);
            LockSupport.parkNanos(300_000_000); // all of it is in the buffers
            client.get("/hello.html");
            LockSupport.parkNanos(100_000_000);
            client.read(middle.length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "selector"})
    void anEmptyLineBehindARequestIsNoRequest(String model) throws Exception {
        try (TestServer server = new TestServer(model, root, 300, 10_000, 100);
                HttpPeer quiet = server.connect();
                HttpPeer client = server.connect()) {
            quiet.send("GET /hello.html HTTP/1.1\r\nHost: a\r\n\r\n\r\n");
            assertThat(quiet.reply().status()).isEqualTo(200);
            client.send("GET /hello.html HTTP/1.1\r\nHost: a\r\n\r\n\r\n").halfClose();
            assertThat(client.reply().status()).isEqualTo(200);
            client.expectEnd();
            LockSupport.parkNanos(600_000_000); // longer than a request may take
            assertThat(quiet.get("/hello.html").reply().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "selector", "selectors"})
    void aListingWhileTheFolderChanges(String model) throws Exception {
        Path folder = Files.createDirectory(root.resolve("many"));
        AtomicBoolean ended = new AtomicBoolean();
        Thread changer = new Thread(() -> {
            for (int i = 0; !ended.get(); i = (i + 1) % 400) {
                Path entry = folder.resolve("entry" + i);
                try {
                    Files.deleteIfExists(entry);
                    if (ThreadLocalRandom.current().nextBoolean()) {
                        Files.createDirectory(entry);
                    } else {
                        Files.createFile(entry);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        try (TestServer server = new TestServer(model, root);
                HttpPeer client = server.connect()) {
            changer.start();
            for (int i = 0; i < 60; i++) {
                assertThat(client.get("/many/").reply().status()).isEqualTo(200);
            }
        } finally {
            ended.set(true);
            changer.join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "selector"})
    void aLocationThatIsLongerThanABufferLeaves(String model) throws Exception {
        Path folder = root;
        StringBuilder target = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            folder = Files.createDirectory(folder.resolve(";".repeat(200)));
            target.append('/').append(";".repeat(200));
        }
        try (TestServer server = new TestServer(model, root);
                HttpPeer client = server.connect()) {
            HttpPeer.Reply reply = client.get(target + "?" + "q".repeat(4_000)).reply();
            assertThat(reply.status()).isEqualTo(301);
            assertThat(reply.field("location")).hasSizeGreaterThan(13_000);
            assertThat(client.get("/hello.html").reply().status()).isEqualTo(200);
        }
    }

    @Test
    void aBurstOfDearRequestsLeavesOthersTheirTurn() throws Exception {
        Path folder = Files.createDirectory(root.resolve("many"));
        for (int i = 0; i < 2_000; i++) {
            Files.createFile(folder.resolve("file" + i));
        }
        try (TestServer server = new TestServer("selector", root);
                HttpPeer burst = server.connect();
                HttpPeer client = server.connect()) {
            assertThat(client.get("/hello.html").reply().status()).isEqualTo(200);
            burst.send("GET /many/ HTTP/1.1\r\nHost: a\r\n\r\n".repeat(200));
            Thread reader = new Thread(() -> {
                try {
                    burst.readUntilReset();
                } catch (IOException | AssertionError e) {
                    return; // the test has ended
                }
            });
            reader.start();
            LockSupport.parkNanos(100_000_000);
            assertThat(client.get("/hello.html").reply().status()).isEqualTo(200);
            assertThat(server.console.out().split("GET /many/ ", -1).length)
                    .as("answers of the burst meanwhile")
                    .isLessThan(190);
            burst.reset();
            reader.join();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"thread", "selector"})
    void aClientThatResetsIsReportedAsThat(String model) throws Exception {
        file("large.bin", 20_000_000);
        try (TestServer server = new TestServer(model, root)) {
            try (HttpPeer client = new HttpPeer(server.address(), 4 * 1024)) {
                client.get("/large.bin");
                client.read(100);
                client.reset();
            }
            server.console.awaitErr(
                    "the connection"); // reset it, or closed it too early: which of the two a send meets
            assertThat(server.console.err()).doesNotContain("cut off");
        }
    }

    @EnabledForJreRange(min = JRE.JAVA_21)
    @Test
    void aReaderThatTakesNothingIsResetByAVirtualThread() throws Exception {
        aReaderThatTakesNothingIsReset("virtual");
        aReaderOfAHotFileThatTakesNothingIsResetAndTheOthersStillGetIt("virtual");
    }
}
