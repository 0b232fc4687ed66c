package netlabs.binary;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import netlabs.common.LabException;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.Subcommand;
import netlabs.common.cli.UsageException;
import netlabs.common.console.Console;
import netlabs.common.net.MalformedMessageException;
import netlabs.common.net.MessageSource;
import picocli.CommandLine.Model.CommandSpec;

/** {@code hexdump}: what the client would send, or what a file has recorded, each field named. */
final class HexdumpCommand extends Subcommand {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final List<String> SAMPLE = List.of("HELLO");

    HexdumpCommand() {
        super("hexdump", "Prints the bytes of frames with every field named; connects to nobody.");
    }

    @Override
    protected void define(CommandSpec spec) {
        FrameOptions.addKind(spec);
        FrameOptions.addPad(spec);
        FrameOptions.addOrder(spec);
        FrameOptions.addMaxSize(spec, "Take no larger size.");
        spec.addOption(CommonOptions.path("--file", "<file>", "Print the frames that are recorded here."));
        spec.addPositional(CommonOptions.arguments(
                "[<message>...]", "The messages, as the client would send them. Without any: " + SAMPLE.get(0) + "."));
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws IOException {
        FrameCodec codec = FrameOptions.codec(parsed);
        Path file = CommonOptions.value(parsed, "--file");
        List<String> messages = CommonOptions.arguments(parsed);
        long maxSize = CommonOptions.value(parsed, "--max-size");
        if (file == null) {
            Hexdump hexdump = new Hexdump(codec, console.out(), new StreamWarnings("hexdump", console.err()));
            dump(
                    messages.isEmpty() ? SAMPLE : messages,
                    CommonOptions.value(parsed, "--order"),
                    codec,
                    maxSize,
                    hexdump);
            return;
        }
        if (!messages.isEmpty() || CommonOptions.isGiven(parsed, "--order") || CommonOptions.isGiven(parsed, "--pad")) {
            throw new UsageException("--file prints what is recorded: --order, --pad and messages do not go with it");
        }
        Hexdump hexdump = new Hexdump(codec, console.out(), new StreamWarnings(file.toString(), console.err()));
        dump(file, new FrameDecoder(codec, maxSize), hexdump);
        hexdump.end();
    }

    private static void dump(List<String> messages, long firstOrder, FrameCodec codec, long maxSize, Hexdump hexdump)
            throws IOException {
        FrameDecoder decoder = new FrameDecoder(codec, maxSize);
        long order = firstOrder;
        try (MessageSource source = MessageSource.of(messages)) {
            byte[] message;
            while ((message = source.next()) != null) {
                for (ByteBuffer frame : codec.encode(order, message)) {
                    decoder.feed(frame, hexdump);
                    order++;
                }
            }
        } catch (MalformedMessageException e) {
            throw new LabException(e.getMessage(), e);
        }
    }

    private static void dump(Path file, FrameDecoder decoder, Hexdump hexdump) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count; (count = in.read(buffer)) >= 0; ) {
                decoder.feed(ByteBuffer.wrap(buffer, 0, count), hexdump);
            }
            decoder.end();
        } catch (MalformedMessageException e) {
            throw new LabException(file + ", byte " + hexdump.offset() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw LabException.ofFile("cannot read", file, e);
        }
    }
}
