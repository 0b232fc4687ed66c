package netlabs.binary;

import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.UsageException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/** The options that say what a frame looks like, the same in every subcommand (LABS.md §5). */
final class FrameOptions {
    /** The port of the sheet. */
    static final int DEFAULT_PORT = 5005;

    /** How a line about the port says it. */
    static final String DEFAULT_PORT_TEXT = DEFAULT_PORT + ".";

    /** The largest {@code --max-size}: a frame must fit into an array. */
    private static final long MOST_MAX_SIZE = 1L << 30;

    private FrameOptions() {}

    /** Adds {@code --kind} and {@code --layout}. */
    static void addKind(CommandSpec spec) {
        spec.addOption(CommonOptions.choice(
                "--kind", "Frames of 29 bytes, or a header and as many bytes as it says.", "fixed", "variable"));
        spec.addOption(CommonOptions.choice(
                "--layout",
                "--kind variable: the order of the header's two numbers. The public Python original has size-order.",
                "order-size",
                "size-order"));
    }

    /** Adds {@code --pad}. */
    static void addPad(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("--pad")
                .paramLabel("<char>|nul")
                .type(Byte.class)
                .converters(new Pad())
                .defaultValue("-")
                .description("--kind fixed: what fills the text field, one ASCII character or nul."
                        + " Default: ${DEFAULT-VALUE}.")
                .build());
    }

    /** Adds {@code --order}. */
    static void addOrder(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("--order")
                .paramLabel("<n>")
                .type(Long.class)
                .converters(new Unsigned())
                .defaultValue("1")
                .description("The order of the first frame. Default: ${DEFAULT-VALUE}.")
                .build());
    }

    /** Adds {@code --max-size}. */
    static void addMaxSize(CommandSpec spec, String description) {
        spec.addOption(CommonOptions.size("--max-size", MOST_MAX_SIZE, "1MiB", description));
    }

    /**
     * Reads back {@code --kind}, {@code --layout} and, where it was added, {@code --pad}.
     *
     * @throws UsageException for an option of the other kind
     */
    static FrameCodec codec(CommandSpec parsed) {
        boolean hasPad = parsed.findOption("--pad") != null;
        if (CommonOptions.<String>value(parsed, "--kind").equals("fixed")) {
            if (CommonOptions.isGiven(parsed, "--layout")) {
                throw new UsageException("--layout goes with --kind variable only: fixed frames have one layout");
            }
            return new FixedFrames(hasPad ? CommonOptions.value(parsed, "--pad") : (byte) '-');
        }
        if (hasPad && CommonOptions.isGiven(parsed, "--pad")) {
            throw new UsageException("--pad goes with --kind fixed only: variable frames are not padded");
        }
        return new VariableFrames(
                CommonOptions.<String>value(parsed, "--layout").equals("order-size")
                        ? VariableFrames.Layout.ORDER_SIZE
                        : VariableFrames.Layout.SIZE_ORDER);
    }

    private static final class Pad implements ITypeConverter<Byte> {
        @Override
        public Byte convert(String value) {
            if (value.equals("nul")) {
                return 0;
            }
            if (value.length() == 1 && value.charAt(0) >= ' ' && value.charAt(0) <= '~') {
                return (byte) value.charAt(0);
            }
            throw new TypeConversionException("'" + value + "' is neither one ASCII character nor nul");
        }
    }

    private static final class Unsigned implements ITypeConverter<Long> {
        @Override
        public Long convert(String value) {
            long number = value.matches("[0-9]{1,10}") ? Long.parseLong(value) : -1;
            if (number < 0 || number > FrameCodec.MAX_UNSIGNED) {
                throw new TypeConversionException(
                        "'" + value + "' is not a number from 0 to " + FrameCodec.MAX_UNSIGNED);
            }
            return number;
        }
    }
}
