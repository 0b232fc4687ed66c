package netlabs.threaded;

import java.nio.file.Path;
import java.util.List;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.ShutdownHook;
import netlabs.common.cli.Subcommand;
import netlabs.common.cli.UsageException;
import netlabs.common.console.Console;
import netlabs.common.net.Recording;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** {@code chat}: {@link ChatListener} with {@code --listen}, else {@link ChatJoiner}. */
final class ChatCommand extends Subcommand {
    private static final List<String> LISTENERS =
            List.of("--bind", "--max-clients", "--once", "--idle-timeout", "--quiet");
    private static final int LAST_PORT = 65_535;

    ChatCommand() {
        super(
                "chat",
                "The netcat exercise: what either side types appears on both. Wants --listen, or a host and a port.");
    }

    @Override
    protected void define(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("--name")
                .paramLabel("<name>")
                .type(String.class)
                .required(true)
                .converters(new Name())
                .description("Who you are: it stands before each line you type.")
                .build());
        spec.addOption(OptionSpec.builder("--listen")
                .paramLabel("<port>")
                .type(Integer.class)
                .converters(new Port())
                .description("Wait for others on this port, 0 for a free one.")
                .build());
        spec.addOption(CommonOptions.bind("0.0.0.0"));
        CommonOptions.addLimits(spec, "0");
        spec.addOption(CommonOptions.quiet());
        spec.addOption(CommonOptions.capture());
        spec.addOption(CommonOptions.timeout("How long to wait for the connection to <host>."));
        spec.addPositional(CommonOptions.arguments("[<host> <port>]", "Where somebody listens."));
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws InterruptedException {
        String name = CommonOptions.value(parsed, "--name");
        Integer port = CommonOptions.value(parsed, "--listen");
        List<String> listener = CommonOptions.arguments(parsed);
        if (port == null) {
            ChatJoiner.Options options = joiner(parsed, listener);
            try (ChatScreen screen = open(parsed, console, name)) {
                join(options, CommonOptions.capture(parsed), screen);
            }
        } else {
            if (!listener.isEmpty()) {
                throw new UsageException("give --listen, or a host and a port, not both");
            }
            refuse(parsed, List.of("--timeout"), "is for joining, not for --listen");
            ChatListener.Options options = new ChatListener.Options(CommonOptions.serverOn(port, parsed), name);
            try (ChatScreen screen = open(parsed, console, name)) {
                listen(options, screen);
            }
        }
    }

    private static ChatScreen open(CommandSpec parsed, Console console, String name) {
        return ChatScreen.open(console, name, CommonOptions.value(parsed, "--verbose"));
    }

    private static void listen(ChatListener.Options options, ChatScreen screen) throws InterruptedException {
        try (ChatListener listener = ChatListener.bind(options, screen)) {
            ShutdownHook hook = ShutdownHook.closing(then(listener, screen), screen.err());
            listener.start();
            listener.await();
            hook.remove();
        }
    }

    private static void join(ChatJoiner.Options options, Path capture, ChatScreen screen) {
        Recording recording = Recording.ofTcp(options.host(), options.port(), capture, screen.err());
        try (recording) {
            ChatJoiner joiner = ChatJoiner.connect(options, screen);
            ShutdownHook hook = ShutdownHook.closing(then(then(joiner, recording), screen), screen.err());
            joiner.run();
            hook.remove();
        }
    }

    /** The last lines are shown before the terminal is given back, and the process ends after that. */
    private static AutoCloseable then(AutoCloseable first, AutoCloseable second) {
        return () -> {
            try (second) {
                first.close();
            }
        };
    }

    private static ChatJoiner.Options joiner(CommandSpec parsed, List<String> listener) {
        if (listener.size() != 2) {
            throw new UsageException("give --listen <port>, or <host> <port>");
        }
        refuse(parsed, LISTENERS, "is for --listen, not for joining");
        int port;
        try {
            port = Port.of(listener.get(1), 1);
        } catch (TypeConversionException e) {
            throw new UsageException("port " + e.getMessage());
        }
        return new ChatJoiner.Options(listener.get(0), port, CommonOptions.value(parsed, "--timeout"));
    }

    private static void refuse(CommandSpec parsed, List<String> options, String why) {
        ParseResult given = parsed.commandLine().getParseResult();
        for (String option : options) {
            if (given.hasMatchedOption(option)) {
                throw new UsageException(option + " " + why);
            }
        }
    }

    private static final class Port implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return of(value, 0);
        }

        static int of(String value, int least) {
            try {
                int port = Integer.parseInt(value);
                if (port >= least && port <= LAST_PORT) {
                    return port;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new TypeConversionException("'" + value + "' is not a number from " + least + " to " + LAST_PORT);
        }
    }

    private static final class Name implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            if (!ChatLine.isName(value)) {
                throw new TypeConversionException(
                        "'" + value
                                + "' is not a name: 1 to 32 printable characters without ':', no space at the ends, no '*' first, not 'error'");
            }
            return value;
        }
    }
}
