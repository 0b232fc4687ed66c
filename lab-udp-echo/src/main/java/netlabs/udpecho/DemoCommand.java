package netlabs.udpecho;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.ShutdownHook;
import netlabs.common.cli.Subcommand;
import netlabs.common.console.Console;
import netlabs.common.net.MessageSource;
import netlabs.common.net.SocketAddresses;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code demo}: the combined program, server and client as two threads of one process. In chat it
 * also types the server's answers.
 */
final class DemoCommand extends Subcommand {
    private static final int TIMEOUT_MILLIS = 5_000;

    DemoCommand() {
        super("demo", "Runs server and client in one process, as two threads, and ends.");
    }

    @Override
    protected void define(CommandSpec spec) {
        ExerciseOptions.addExercise(spec);
        CommonOptions.addDemo(spec);
        CommonOptions.addMessageSource(spec, "a sample.");
    }

    @Override
    protected void run(CommandSpec parsed, Console console) throws Exception {
        Exercise exercise = ExerciseOptions.exercise(parsed);
        UdpServer.Options options = new UdpServer.Options(
                InetAddress.getLoopbackAddress(), CommonOptions.port(parsed, 0), false, CommonOptions.capture(parsed));
        MessageSource sample = MessageSource.of(exercise.sample());
        try (MessageSource messages = CommonOptions.messageSource(parsed, CommonOptions.arguments(parsed), sample)) {
            UdpServer server = UdpServer.start(exercise, options, console);
            ShutdownHook hook = ShutdownHook.closing(server, console.err());
            try (server) {
                if (exercise instanceof Chat chat) {
                    startTyping(chat.sampleAnswer(), server, console);
                }
                // The socket is bound: what the client sends from here on is kept by the kernel.
                clientOf(exercise, server, console).run(messages, false);
                // Closing serves what has arrived, so print has printed everything.
            } finally {
                server.await(); // if the server failed, that is thrown: the client's failure only follows from it
            }
            hook.remove();
        }
        console.out().line("Done.");
    }

    private static void startTyping(String answer, UdpServer server, Console console) {
        Thread keyboard = new Thread("keyboard of the demo") {
            @Override
            public void run() {
                try {
                    while (server.awaitQuestion()) {
                        console.out().line(answer); // as a terminal shows what is typed
                        server.answer(answer.getBytes(StandardCharsets.UTF_8));
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        keyboard.setDaemon(true);
        keyboard.start();
    }

    private static UdpClient clientOf(Exercise exercise, UdpServer server, Console console) {
        UdpClient.Options options = new UdpClient.Options(
                SocketAddresses.host(server.address().getAddress()),
                server.address().getPort(),
                TIMEOUT_MILLIS,
                0,
                false);
        return new UdpClient(exercise, options, console);
    }
}
