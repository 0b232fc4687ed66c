package netlabs.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import netlabs.capture.analysis.Analyzer;
import netlabs.capture.analysis.TcpStream;
import netlabs.capture.analysis.UdpFlow;
import netlabs.capture.file.CaptureReader;
import netlabs.capture.file.MalformedCaptureException;
import netlabs.capture.packet.Packet;
import netlabs.capture.report.JsonReport;
import netlabs.capture.report.TextReport;
import netlabs.common.LabException;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import netlabs.common.console.Printable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code analyze FILE}: the answers to a lab sheet's questions. */
final class AnalyzeCommand extends Subcommand {
    AnalyzeCommand() {
        super("analyze", "Answers the lab sheets' questions of a capture: handshake, close, sockets, payload, ...");
    }

    @Override
    protected void define(CommandSpec spec) {
        Selection.addTo(spec);
        spec.addOption(CommonOptions.flag("--json", "Print JSON, for scripts (docs/capture-json.md)."));
    }

    @Override
    protected void run(CommandSpec parsed, Console console) {
        Path file = Selection.file(parsed);
        Analyzer analyzer = new Analyzer();
        MalformedCaptureException damage = analyze(file, analyzer);
        String name = Printable.escape(file.toString());
        Listing listing = new Listing(console.out().stream());
        boolean isJson = CommonOptions.value(parsed, "--json");
        Selection selection = Selection.of(parsed);
        List<TcpStream> streams = selection.streams(analyzer.tcpStreams());
        List<UdpFlow> flows = selection.flows(analyzer.udpFlows());
        listing.text()
                .append(
                        isJson
                                ? JsonReport.of(name, analyzer, streams, flows, damage)
                                : TextReport.of(name, analyzer, streams, flows));
        listing.flush();
        if (damage != null) {
            throw damage; // what was readable comes before the error
        }
        selection.check(file);
    }

    /**
     * @return why not all of the file could be read; null if it could
     */
    private static MalformedCaptureException analyze(Path file, Analyzer analyzer) {
        try (CaptureReader reader = CaptureReader.open(file)) {
            Packet packet = new Packet();
            try {
                while (reader.next()) {
                    packet.decode(reader);
                    analyzer.accept(packet);
                }
                return null;
            } catch (MalformedCaptureException e) {
                return e;
            }
        } catch (IOException e) {
            throw LabException.ofFile("cannot read", file, e);
        }
    }
}
