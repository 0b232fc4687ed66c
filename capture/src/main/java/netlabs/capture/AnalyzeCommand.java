package netlabs.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import netlabs.capture.analysis.Analyzer;
import netlabs.capture.analysis.TcpStream;
import netlabs.capture.analysis.UdpFlow;
import netlabs.capture.file.CaptureReader;
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
    protected void run(CommandSpec parsed, Console console) throws IOException {
        Path file = Selection.file(parsed);
        Analyzer analyzer = new Analyzer();
        LabException damage = analyze(file, analyzer);
        String name = Printable.escape(file.toString());
        Selection selection = Selection.of(parsed);
        List<TcpStream> streams = selection.streams(analyzer.tcpStreams());
        List<UdpFlow> flows = selection.flows(analyzer.udpFlows());
        Listing listing = new Listing(console.out().stream());
        if (CommonOptions.value(parsed, "--json")) {
            JsonReport.write(name, analyzer, streams, flows, damage, listing.writer());
        } else {
            TextReport.write(name, analyzer, streams, flows, listing.text(), listing::endLine);
        }
        listing.flush();
        if (damage != null) {
            throw damage; // what was readable comes before the error
        }
        selection.check(file);
    }

    /**
     * @return why not all of the file could be read; null if it could
     */
    private static LabException analyze(Path file, Analyzer analyzer) {
        try (CaptureReader reader = CaptureReader.open(file)) {
            Packet packet = new Packet();
            try {
                while (reader.next()) {
                    packet.decode(reader);
                    analyzer.accept(packet);
                }
                return null;
            } catch (IOException e) {
                return LabException.ofFile("cannot read", file, e);
            } catch (LabException e) {
                return e; // damaged, or more than can be kept
            }
        } catch (IOException e) {
            throw LabException.ofFile("cannot read", file, e);
        }
    }
}
