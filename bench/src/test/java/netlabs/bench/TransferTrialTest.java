package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import netlabs.common.testing.Peers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Senders and receivers, also some that do not do what they should. */
@Timeout(120)
class TransferTrialTest {
    private static final int MEBIBYTES = 2;
    private static final String SCRIPT =
            Path.of("src/main/python/file_transfer.py").toAbsolutePath().toString();

    @TempDir
    private Path folder;

    private TransferFiles files;
    private TransferTrial trial;

    @BeforeEach
    void prepare() throws Exception {
        NativeProgram rusage = CompiledPrograms.rusage(folder);
        files = TransferFiles.in(folder.resolve("files"), MEBIBYTES << 20);
        trial = new TransferTrial(rusage, files);
    }

    @AfterEach
    void end() throws Exception {
        files.close();
    }

    private static Contestant python(String receiverFile, String senderFile) {
        String python = Peers.require("python3");
        return Contestant.peer("python", List.of(python, SCRIPT, "0", "receive", receiverFile))
                .withClient(List.of(python, SCRIPT, ServerProcess.PORT, "send", senderFile))
                .doing(TransferTrial.EXISTING);
    }

    /** A receiver that prints no ready line, as nc. */
    private static Contestant silent(String receiver) {
        return Contestant.peer("silent", List.of(Peers.require("python3"), "-c", receiver, ServerProcess.PORT))
                .withClient(List.of(
                        Peers.require("python3"), SCRIPT, ServerProcess.PORT, "send", TransferContestants.SOURCE))
                .doing(TransferTrial.NEW);
    }

    @Test
    void aTransferIsTimedAndCompared() throws Exception {
        Contestant python = python(TransferContestants.FILE, TransferContestants.SOURCE);
        for (String workload : List.of(TransferTrial.EXISTING, TransferTrial.NEW)) {
            TransferFigures figures = trial.run(python.doing(workload), MEBIBYTES);
            assertThat(figures.bytes()).isEqualTo(MEBIBYTES << 20);
            assertThat(figures.seconds()).isBetween(0.001, 60.0);
            assertThat(figures.syncSeconds()).isPositive();
            assertThat(figures.senderCpuSeconds()).isBetween(0.001, 60.0);
            assertThat(figures.receiverCpuSeconds()).isBetween(0.001, 60.0);
            assertThat(figures.othersShare()).isNotNegative();
            assertThat(figures.senderPeakKib()).isGreaterThan(1024);
            assertThat(figures.receiverPeakKib()).isGreaterThan(1024);
        }
    }

    /** As a lab is told where to store. */
    @Test
    void aReceiverMayBeToldTheFolderOnly() throws Exception {
        Contestant python =
                python(TransferContestants.FOLDER + "/" + TransferContestants.NAME, TransferContestants.SOURCE);
        assertThat(trial.run(python, MEBIBYTES).gbPerSecond()).isPositive();
    }

    @Test
    void bytesThatAreLeftOutAreFound() throws Exception {
        String sender = "import socket, sys; data = open(sys.argv[2], 'rb').read()\n"
                + "socket.create_connection(('127.0.0.1', int(sys.argv[1]))).sendall(data[:1000000])";
        Contestant partial = python(TransferContestants.FILE, TransferContestants.SOURCE)
                .withClient(List.of(
                        Peers.require("python3"), "-c", sender, ServerProcess.PORT, TransferContestants.SOURCE));
        // The first place behind the end of what came that an existing file was spoiled in.
        assertThatThrownBy(() -> trial.run(partial, MEBIBYTES))
                .isInstanceOf(TrialFailedException.class)
                .hasMessage("the received file differs from the source at byte " + 16 * 65_536);
        assertThatThrownBy(() -> trial.run(partial.doing(TransferTrial.NEW), MEBIBYTES))
                .isInstanceOf(TrialFailedException.class)
                .hasMessage("the received file differs from the source at byte 1000000");
    }

    @Test
    void whichEndFailedIsSaid() {
        Contestant sender = python(TransferContestants.FILE, "/no/such/file");
        assertThatThrownBy(() -> trial.run(sender, MEBIBYTES))
                .isInstanceOf(TrialFailedException.class)
                .hasMessageStartingWith("the sender ended with exit status 1 and said last: FileNotFoundError")
                .hasMessageContaining("; the server ");
        Contestant receiver = silent("import socket, sys; socket.create_server(('127.0.0.1', int(sys.argv[1])))"
                + ".accept()[0].makefile('rb').read(); sys.exit('disk full')");
        assertThatThrownBy(() -> trial.run(receiver, MEBIBYTES))
                .isInstanceOf(TrialFailedException.class)
                .hasMessage("the receiver ended with exit status 1 and said last: disk full");
    }

    @Test
    void whatIsNotKeptIsNotLookedFor() throws Exception {
        Contestant none = silent("import socket, sys; socket.create_server(('127.0.0.1', int(sys.argv[1])))"
                + ".accept()[0].makefile('rb').read()");
        assertThat(trial.run(none, MEBIBYTES).syncSeconds()).isZero();
    }

    @Test
    void aReceiverThatDoesNotListenIsReported() {
        assertThatThrownBy(() -> trial.run(silent("raise SystemExit('no port')"), MEBIBYTES))
                .isInstanceOf(TrialFailedException.class)
                .hasMessage("it did not get ready; the server ended with exit status 1 and said last: no port");
    }
}
