package netlabs.capture;

import java.io.IOException;
import java.nio.file.Path;
import netlabs.capture.analysis.Frame;
import netlabs.capture.analysis.Frames;
import netlabs.common.LabException;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import picocli.CommandLine.Model.CommandSpec;

/** {@code read FILE}: a line for each packet. */
final class ReadCommand extends Subcommand {
    ReadCommand() {
        super("read", "Lists the packets of a capture.");
    }

    @Override
    protected void define(CommandSpec spec) {
        Selection.addTo(spec);
        spec.addOption(CommonOptions.number("-c", 0, Integer.MAX_VALUE, 0, "End after so many packets; 0: after all."));
        spec.addOption(CommonOptions.flag("--payload", "Show how each payload begins."));
    }

    @Override
    protected void run(CommandSpec parsed, Console console) {
        Path file = Selection.file(parsed);
        Selection selection = Selection.of(parsed);
        int most = CommonOptions.value(parsed, "-c");
        PacketLine line = new PacketLine(CommonOptions.value(parsed, "--payload"));
        Listing listing = new Listing(console.out().stream());
        try (Frames frames = Frames.open(file)) {
            int listed = 0;
            for (Frame frame; (frame = frames.next()) != null; ) {
                if (!selection.takes(frame)) {
                    continue;
                }
                line.append(listing.text(), frame);
                listing.endLine();
                if (++listed == most || listing.isClosed()) {
                    return;
                }
            }
        } catch (IOException e) {
            throw LabException.ofFile("cannot read", file, e);
        } finally {
            listing.flush(); // what was readable comes before the error
        }
        selection.check(file);
    }
}
