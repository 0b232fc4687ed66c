package netlabs.common.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time limits by a clock that the test moves. */
class DeadlinesTest {
    private static final long MILLI = 1_000_000;

    private final Deadlines deadlines = new Deadlines(10);
    private ServerSocketChannel listener;
    private SocketChannel client;
    private EventConnection[] connections;
    private Deadlines.Entry[] entries;

    @BeforeEach
    void connect() throws Exception {
        listener = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
        client = SocketChannel.open(listener.getLocalAddress());
        connections = new EventConnection[3];
        entries = new Deadlines.Entry[3];
        for (int i = 0; i < 3; i++) {
            connections[i] = new EventConnection(null, client);
            entries[i] = new Deadlines.Entry(connections[i]);
        }
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        listener.close();
    }

    @Test
    void theyExpireInTheOrderInWhichTheyWereRestartedLast() {
        for (int i = 0; i < 3; i++) {
            deadlines.restart(entries[i], i * MILLI);
        }
        deadlines.restart(entries[0], 3 * MILLI);
        assertThat(deadlines.untilFirst(3 * MILLI)).isEqualTo(8 * MILLI);
        assertThat(deadlines.expired(11 * MILLI - 1)).isNull();
        assertThat(deadlines.expired(11 * MILLI)).isSameAs(connections[1]);
        assertThat(deadlines.expired(11 * MILLI)).isNull();
        assertThat(deadlines.expired(20 * MILLI)).isSameAs(connections[2]);
        assertThat(deadlines.expired(20 * MILLI)).isSameAs(connections[0]);
        assertThat(deadlines.expired(20 * MILLI)).isNull();
        assertThat(deadlines.untilFirst(20 * MILLI)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void restartingTheLastOneMovesItsTimeOnly() {
        deadlines.restart(entries[0], 0);
        deadlines.restart(entries[0], 5 * MILLI);
        assertThat(deadlines.expired(14 * MILLI)).isNull();
        assertThat(deadlines.expired(15 * MILLI)).isSameAs(connections[0]);
    }

    @Test
    void aCancelledOneDoesNotExpire() {
        deadlines.restart(entries[0], 0);
        deadlines.restart(entries[1], 0);
        Deadlines.cancel(entries[0]);
        Deadlines.cancel(entries[0]);
        assertThat(deadlines.expired(10 * MILLI)).isSameAs(connections[1]);
        assertThat(deadlines.expired(10 * MILLI)).isNull();
        deadlines.restart(entries[0], 20 * MILLI);
        assertThat(deadlines.expired(30 * MILLI)).isSameAs(connections[0]);
    }

    @Test
    void anEntryThatMovesToAnotherLimitHasOnlyThatOne() {
        Deadlines other = new Deadlines(1);
        deadlines.restart(entries[0], 0);
        other.restart(entries[0], 0);
        assertThat(deadlines.expired(10 * MILLI)).isNull();
        assertThat(other.expired(1 * MILLI)).isSameAs(connections[0]);
    }

    @Test
    void zeroIsNoLimit() {
        Deadlines none = new Deadlines(0);
        none.restart(entries[0], 0);
        assertThat(none.untilFirst(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(none.expired(Long.MAX_VALUE)).isNull();
    }

    @Test
    void theClockMayWrapAround() {
        deadlines.restart(entries[0], Long.MAX_VALUE - MILLI);
        assertThat(deadlines.expired(Long.MAX_VALUE)).isNull();
        assertThat(deadlines.untilFirst(Long.MIN_VALUE)).isEqualTo(9 * MILLI - 1);
        assertThat(deadlines.expired(Long.MIN_VALUE + 10 * MILLI)).isSameAs(connections[0]);
    }
}
