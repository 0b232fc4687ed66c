package netlabs.tcpecho;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Locale;
import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NagleExperimentTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5005);

    @Test
    void itPrintsEachRoundTripItMeasured() throws Exception {
        TestConsole console = new TestConsole();
        try (NagleExperiment experiment = new NagleExperiment(0)) {
            NagleExperiment.Result result = experiment.run(8);
            assertThat(Arrays.stream(result.nagle())).hasSize(8).allMatch(millis -> millis > 0);
            assertThat(Arrays.stream(result.noDelay())).hasSize(8).allMatch(millis -> millis > 0);
            result.print(console.console().out());
            for (double millis : result.nagle()) {
                assertThat(console.out()).contains(String.format(Locale.ROOT, "%.3f", millis));
            }
        }
        assertThat(console.out()).hasLineCount(2 + 8 + 2);
    }

    @Test
    void itExplainsWhatWasMeasuredWhateverItIs() {
        double[] fast = {0.1, 0.2, 0.3};
        double[] slow = {0.1, 44.0, 43.0};
        assertThat(new NagleExperiment.Result(SERVER, slow, fast).explanation())
                .startsWith("2 of 3 round trips stalled with TCP_NODELAY off, 0 with it on");
        assertThat(new NagleExperiment.Result(SERVER, fast, fast).explanation()).startsWith("No stall on this host");
    }
}
