package netlabs.common.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import netlabs.common.console.Console;
import netlabs.common.net.Framing;
import netlabs.common.net.MessageDecoder;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.MessageSource;
import netlabs.common.net.Recording;
import netlabs.common.net.ServerOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * The options that have one name and one meaning in every lab (LABS.md §0). Each group is added to
 * a subcommand by one method and read back by another.
 */
public final class CommonOptions {
    /** {@code --max-clients} when nothing is said: the kernel's own bound of a queue here. */
    private static final int MAX_CLIENTS = 4096;

    private static final int IDLE_TIMEOUT_MILLIS = 300_000;

    private CommonOptions() {}

    static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Print this help.")
                .build();
    }

    static OptionSpec verbose() {
        return flag("--verbose", "Show the stack trace of an error.");
    }

    static boolean isVerbose(CommandSpec parsed) {
        return value(parsed, "--verbose");
    }

    /**
     * @return an option without a value; false where it is not given
     */
    public static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .defaultValue("false")
                .description(description)
                .build();
    }

    /**
     * @return an option with a file or folder as its {@link Path}; null where it is not given
     */
    public static OptionSpec path(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(Path.class)
                .converters(new Paths())
                .description(description)
                .build();
    }

    /**
     * @return an option with one value of {@code choices}, the first where it is not given
     */
    public static OptionSpec choice(String name, String description, String... choices) {
        return OptionSpec.builder(name)
                .paramLabel(String.join("|", choices))
                .type(String.class)
                .converters(new Choice(choices))
                .completionCandidates(List.of(choices))
                .defaultValue(choices[0])
                .description(description + " Default: ${DEFAULT-VALUE}.")
                .build();
    }

    /**
     * @return an option with a whole number from {@code least} to {@code most}
     */
    public static OptionSpec number(String name, int least, int most, int defaultValue, String description) {
        return OptionSpec.builder(name)
                .paramLabel("<n>")
                .type(Integer.class)
                .converters(new Numbers(least, most))
                .defaultValue(Integer.toString(defaultValue))
                .description(description + " Default: ${DEFAULT-VALUE}.")
                .build();
    }

    /**
     * @return an option with a duration of at least {@code leastMillis}; its value is milliseconds
     */
    public static OptionSpec duration(String name, int leastMillis, String defaultValue, String description) {
        return OptionSpec.builder(name)
                .paramLabel("<time>")
                .type(Integer.class)
                .converters(new Durations(leastMillis))
                .defaultValue(defaultValue)
                .description(description + " Default: ${DEFAULT-VALUE}.")
                .build();
    }

    /**
     * @return an option with a size of at least one byte; its value is bytes, a {@code Long}
     */
    public static OptionSpec size(String name, long most, String defaultValue, String description) {
        return OptionSpec.builder(name)
                .paramLabel("<size>")
                .type(Long.class)
                .converters(new Sizes(most))
                .defaultValue(defaultValue)
                .description(description + " Default: ${DEFAULT-VALUE}.")
                .build();
    }

    /**
     * @return an option with several sizes, separated by commas; its value is a list of {@code Long}, in bytes
     */
    public static OptionSpec sizes(String name, long most, String defaultValue, String description) {
        return OptionSpec.builder(name)
                .paramLabel("<size>,...")
                .type(List.class)
                .auxiliaryTypes(Long.class)
                .converters(new Sizes(most))
                .splitRegex(",")
                .hideParamSyntax(true)
                .defaultValue(defaultValue)
                .description(description + " Default: ${DEFAULT-VALUE}.")
                .build();
    }

    /**
     * @param least 0 where a free port may be picked, else 1
     * @param defaultText what the help says of the default
     * @return {@code --port}; null where it is not given
     */
    public static OptionSpec port(int least, String defaultText) {
        return OptionSpec.builder("--port")
                .paramLabel("<port>")
                .type(Integer.class)
                .converters(new Numbers(least, 65_535))
                .description("Port" + (least == 0 ? ", 0 for a free one" : "") + ". Default: " + defaultText)
                .build();
    }

    /**
     * @return the free arguments: a list of texts, empty where none is given
     */
    public static PositionalParamSpec arguments(String label, String description) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .hideParamSyntax(true)
                .description(description)
                .build();
    }

    /**
     * @return the free arguments where they are files, for {@link #files(CommandSpec)}
     */
    public static PositionalParamSpec files(String description) {
        return files("<file>...", description);
    }

    /**
     * @return the same where there is to be one, which is not checked: {@code <file>} in the help
     */
    public static PositionalParamSpec file(String description) {
        return files("<file>", description);
    }

    private static PositionalParamSpec files(String label, String description) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(Path.class) // for the shell's completion
                .converters(value -> value) // a converter that fails would make it an unexpected argument
                .arity("0..*")
                .hideParamSyntax(true)
                .description(description)
                .build();
    }

    /** Adds {@code --bind}, {@code --port}, {@code --quiet} and {@code --capture}, which every server has. */
    public static void addListener(CommandSpec spec, String defaultAddress, String defaultPort) {
        addListener(spec, bind(defaultAddress), defaultPort);
    }

    /**
     * As {@link #addListener}, where the default address depends on the exercise as the port does.
     * {@code --bind} is null where it is not given.
     *
     * @param defaultAddresses what the help says of it
     */
    public static void addListenerByExercise(CommandSpec spec, String defaultAddresses, String defaultPorts) {
        addListener(spec, bindOption(defaultAddresses).build(), defaultPorts);
    }

    private static void addListener(CommandSpec spec, OptionSpec bind, String defaultPort) {
        spec.addOption(bind);
        spec.addOption(port(0, defaultPort));
        spec.addOption(quiet());
        spec.addOption(capture());
    }

    /**
     * @return {@code --bind}
     */
    public static OptionSpec bind(String defaultAddress) {
        return bindOption("${DEFAULT-VALUE}.").defaultValue(defaultAddress).build();
    }

    private static OptionSpec.Builder bindOption(String defaultText) {
        return OptionSpec.builder("--bind")
                .paramLabel("<address>")
                .type(InetAddress.class)
                .converters(new Address())
                .description("Local address to listen on; 0.0.0.0 or :: lets other hosts in. Default: " + defaultText);
    }

    /**
     * @return {@code --quiet}
     */
    public static OptionSpec quiet() {
        return flag("--quiet", "Print no line per message.");
    }

    /** Adds the options of {@link #addListener} and the limits of every TCP server. */
    public static void addServer(CommandSpec spec, String defaultAddress, String defaultPort) {
        addListener(spec, defaultAddress, defaultPort);
        addLimits(spec, IDLE_TIMEOUT_MILLIS / 1000 + "s");
    }

    /** Adds {@code --max-clients}, {@code --once} and {@code --idle-timeout}: the limits of every TCP server. */
    public static void addLimits(CommandSpec spec, String defaultIdleTimeout) {
        addLimits(spec, MAX_CLIENTS, defaultIdleTimeout);
    }

    /** The same for a server that can take fewer clients. */
    public static void addLimits(CommandSpec spec, int defaultMaxClients, String defaultIdleTimeout) {
        spec.addOption(number(
                "--max-clients",
                1,
                65_535,
                defaultMaxClients,
                "How many clients may be connected at once; one more is turned away. Where they are served one at a time,"
                        + " how many may be served and wait, on Linux never fewer than 3."));
        spec.addOption(flag("--once", "Serve one client, then exit."));
        spec.addOption(duration(
                "--idle-timeout",
                0,
                defaultIdleTimeout,
                "Disconnect a client that is silent, or takes no replies, for so long; 0: never."));
    }

    /** Reads back what {@link #addServer} added. */
    public static ServerOptions server(CommandSpec parsed, int defaultPort) {
        return serverOn(port(parsed, defaultPort), parsed);
    }

    /** The same for a server whose port is not given by {@code --port}. */
    public static ServerOptions serverOn(int port, CommandSpec parsed) {
        return new ServerOptions(
                value(parsed, "--bind"),
                port,
                value(parsed, "--max-clients"),
                value(parsed, "--once"),
                value(parsed, "--idle-timeout"),
                value(parsed, "--quiet"),
                capture(parsed));
    }

    /** Adds {@code --framing} and {@code --quiet-period} of a server of text messages. */
    public static void addMessages(CommandSpec spec) {
        spec.addOption(choice("--framing", "Where a message ends: at a newline, at a pause.", "auto", "line", "bare"));
        spec.addOption(duration(
                "--quiet-period",
                1,
                MessageOptions.QUIET_PERIOD_MILLIS + "ms",
                "The pause that ends a message without a newline."));
    }

    /** Reads back what {@link #addMessages} added. */
    public static MessageOptions messages(CommandSpec parsed) {
        Framing framing = switch (CommonOptions.<String>value(parsed, "--framing")) {
            case "line" -> Framing.LINE;
            case "bare" -> Framing.BARE;
            default -> Framing.AUTO;
        };
        return new MessageOptions(framing, value(parsed, "--quiet-period"));
    }

    /** Adds {@code --port} and {@code --capture} of a program that has server and client in it. */
    public static void addDemo(CommandSpec spec) {
        spec.addOption(port(0, "a free one."));
        spec.addOption(capture());
    }

    /**
     * @return {@code --capture}
     */
    public static OptionSpec capture() {
        return path("--capture", "<file>.pcap", "Record the packets of this exercise here, while it runs.");
    }

    /**
     * @return the file to record to; null for none
     * @throws UsageException for standard output
     */
    public static Path capture(CommandSpec parsed) {
        Path file = value(parsed, "--capture");
        if (file != null && file.toString().equals("-")) { // libpcap would take it for standard output
            throw new UsageException("--capture wants a file: standard output has the transcript");
        }
        return file;
    }

    /**
     * Begins the recording of a TCP client, or of an experiment that has its own server.
     *
     * @param host that of the server
     * @param port that of the server
     * @param client is closed on Ctrl-C, so that its FIN or RST is recorded
     * @return to be closed behind the last socket; null where {@code --capture} is not given
     * @throws netlabs.common.LabException if it cannot begin
     */
    public static ClientRecording recordTcp(
            CommandSpec parsed, String host, int port, AutoCloseable client, Console console) {
        Path file = capture(parsed);
        return file == null
                ? null
                : new ClientRecording(Recording.ofTcp(host, port, file, console.err()), client, console);
    }

    /** The same for UDP. */
    public static ClientRecording recordUdp(CommandSpec parsed, String host, int port, Console console) {
        Path file = capture(parsed);
        return file == null
                ? null
                : new ClientRecording(Recording.ofUdp(host, port, file, console.err()), () -> {}, console);
    }

    /** Adds {@code --host}, {@code --port}, {@code --timeout} and {@code --capture} of every client. */
    public static void addClient(CommandSpec spec, String defaultPort) {
        spec.addOption(OptionSpec.builder("--host")
                .paramLabel("<host>")
                .type(String.class)
                .defaultValue("127.0.0.1")
                .description("Name or address of the server. Default: ${DEFAULT-VALUE}.")
                .build());
        spec.addOption(port(1, defaultPort));
        spec.addOption(timeout("How long to wait for each of the server's answers."));
        spec.addOption(capture());
    }

    /**
     * @return {@code --timeout} of a client
     */
    public static OptionSpec timeout(String description) {
        return duration("--timeout", 1, "5s", description);
    }

    /** Adds {@code --in} and the messages as free arguments. */
    public static void addMessageSource(CommandSpec spec, String otherwise) {
        spec.addOption(path("--in", "<file>", "Take the messages from here, one per line."));
        spec.addPositional(arguments("[<message>...]", "The messages. Without any: " + otherwise));
    }

    /**
     * Reads back what {@link #addMessageSource} added.
     *
     * @param messages what the free arguments stand for
     * @param otherwise where the messages come from if the command line names none
     */
    public static MessageSource messageSource(CommandSpec parsed, List<String> messages, MessageSource otherwise) {
        return messageSource(parsed, messages, otherwise, MessageDecoder.MAX_LENGTH);
    }

    /**
     * The same where a line of {@code --in} may have another length.
     *
     * @param maxLength in bytes
     */
    public static MessageSource messageSource(
            CommandSpec parsed, List<String> messages, MessageSource otherwise, int maxLength) {
        Path in = value(parsed, "--in");
        if (in != null && !messages.isEmpty()) {
            throw new UsageException("give the messages as arguments or with --in, not both");
        }
        if (in != null) {
            return MessageSource.ofFile(in, maxLength);
        }
        return messages.isEmpty() ? otherwise : MessageSource.of(messages);
    }

    /**
     * @return the value of {@code --port}, or {@code defaultPort} where it is not given
     */
    public static int port(CommandSpec parsed, int defaultPort) {
        Integer port = value(parsed, "--port");
        return port == null ? defaultPort : port;
    }

    /**
     * @return the value of an option, its default where it was not given
     */
    public static <T> T value(CommandSpec parsed, String option) {
        return parsed.findOption(option).getValue();
    }

    /** Whether {@code option} stands on this command line. */
    public static boolean isGiven(CommandSpec parsed, String option) {
        return parsed.commandLine().getParseResult().hasMatchedOption(option);
    }

    /**
     * @return the free arguments
     */
    public static List<String> arguments(CommandSpec parsed) {
        List<String> arguments = parsed.positionalParameters().get(0).getValue();
        return arguments == null ? List.of() : arguments;
    }

    /**
     * @return the free arguments as files
     * @throws UsageException if one is no file name
     */
    public static List<Path> files(CommandSpec parsed) {
        Paths paths = new Paths();
        List<Path> files = new ArrayList<>();
        for (String argument : arguments(parsed)) {
            try {
                files.add(paths.convert(argument));
            } catch (TypeConversionException e) {
                throw new UsageException(e.getMessage());
            }
        }
        return files;
    }

    private static final class Address implements ITypeConverter<InetAddress> {
        @Override
        public InetAddress convert(String value) {
            try {
                return InetAddress.getByName(value);
            } catch (UnknownHostException e) {
                throw new TypeConversionException("'" + value + "' is not an address");
            }
        }
    }

    private static final class Paths implements ITypeConverter<Path> {
        @Override
        public Path convert(String value) {
            try {
                if (!value.isEmpty()) {
                    return Path.of(value);
                }
            } catch (InvalidPathException e) {
                // said below
            }
            throw new TypeConversionException("'" + value + "' is not a file name"
                    + (value.isEmpty() ? "" : " here; in the C locale only ASCII is: LC_ALL=C.UTF-8 helps"));
        }
    }

    private static final class Choice implements ITypeConverter<String> {
        private final String[] choices;

        Choice(String[] choices) {
            this.choices = choices;
        }

        @Override
        public String convert(String value) {
            for (String choice : choices) {
                if (choice.equals(value)) {
                    return choice;
                }
            }
            throw new TypeConversionException("'" + value + "' is not one of " + String.join(", ", choices));
        }
    }
}
