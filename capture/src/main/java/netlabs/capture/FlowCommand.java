package netlabs.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import netlabs.capture.analysis.Frame;
import netlabs.capture.analysis.Frames;
import netlabs.capture.flow.Ladder;
import netlabs.capture.flow.Ladders;
import netlabs.capture.flow.SvgLadder;
import netlabs.capture.flow.TextLadder;
import netlabs.common.LabException;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.Subcommand;
import netlabs.common.cli.UsageException;
import netlabs.common.console.Console;
import netlabs.common.console.Terminals;
import picocli.CommandLine.Model.CommandSpec;

/** {@code flow FILE}: the ladder diagram of each stream. */
final class FlowCommand extends Subcommand {
    private static final int USUAL_WIDTH = 100;
    private static final int MOST_WIDTH = 1000;
    private static final int MOST_ROWS = 100_000;

    FlowCommand() {
        super("flow", "Draws the ladder diagram of each stream, as text or as a picture.");
    }

    @Override
    protected void define(CommandSpec spec) {
        Selection.addTo(spec);
        spec.addOption(CommonOptions.path("--svg", "<file>", "Draw a picture (SVG) into this file instead."));
        spec.addOption(CommonOptions.number(
                "--limit", 1, MOST_ROWS, 200, "Show so many packets of a stream, the first and the last."));
        spec.addOption(CommonOptions.flag("--ascii", "Draw with characters of ASCII only."));
        spec.addOption(CommonOptions.number(
                "--width",
                0,
                MOST_WIDTH,
                0,
                "Columns of the text, at least " + TextLadder.LEAST_WIDTH
                        + "; 0: the variable COLUMNS, else the terminal's, else " + USUAL_WIDTH + "."));
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws IOException {
        Path file = Selection.file(parsed);
        Path svg = CommonOptions.value(parsed, "--svg");
        if (svg != null && Files.exists(svg) && Files.exists(file) && Files.isSameFile(svg, file)) {
            throw new UsageException("--svg names the capture itself");
        }
        Selection selection = Selection.of(parsed);
        Ladders ladders = new Ladders(CommonOptions.value(parsed, "--limit"));
        try {
            collect(file, selection, ladders);
            if (ladders.list().isEmpty()) {
                console.err().note(file + " has no packets");
            }
        } finally {
            if (svg == null) { // what was readable comes before the error
                draw(ladders, textLadder(parsed, console), new Listing(console.out().stream()));
            } else if (!ladders.list().isEmpty()) {
                String name = file.getFileName() == null
                        ? file.toString()
                        : file.getFileName().toString();
                Picture.write(svg, SvgLadder.draw(name, ladders.list(), ladders.notDrawn()));
            }
        }
    }

    private static void collect(Path file, Selection selection, Ladders ladders) {
        try (Frames frames = Frames.open(file)) {
            for (Frame frame; (frame = frames.next()) != null; ) {
                if (selection.takes(frame)) {
                    ladders.add(frame);
                }
            }
        } catch (IOException e) {
            throw LabException.ofFile("cannot read", file, e);
        }
        selection.check(file);
    }

    private static TextLadder textLadder(CommandSpec parsed, Console console) {
        int width = CommonOptions.value(parsed, "--width");
        if (width == 0) {
            width = TerminalWidth.columns(console, USUAL_WIDTH);
        }
        boolean colours = Terminals.isInteractive(console) && isEmpty(System.getenv("NO_COLOR"));
        return new TextLadder(
                Math.max(TextLadder.LEAST_WIDTH, Math.min(width, MOST_WIDTH)),
                CommonOptions.value(parsed, "--ascii"),
                colours);
    }

    private static boolean isEmpty(String variable) {
        return variable == null || variable.isEmpty(); // no-color.org: whatever it says, if it says something
    }

    private static void draw(Ladders ladders, TextLadder drawing, Listing listing) {
        boolean first = true;
        List<Ladder> list = ladders.list();
        for (Ladder ladder : list) {
            if (!first) {
                listing.text().append('\n');
            }
            first = false;
            drawing.draw(ladder, listing.text());
            listing.endLine();
        }
        if (ladders.notDrawn() > 0) {
            listing.text()
                    .append("\n... ")
                    .append(ladders.notDrawn())
                    .append(" streams more; --stream and --udp-flow pick one\n");
        }
        listing.flush();
    }
}
