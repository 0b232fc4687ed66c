package netlabs.selector;

import netlabs.common.cli.CommonOptions;
import netlabs.common.console.Console;
import netlabs.common.echo.EchoServers;
import netlabs.common.net.MessageOptions;
import netlabs.common.net.ServerOptions;
import picocli.CommandLine.Model.CommandSpec;

/** {@link SelectorServer}s by {@code --loops} and {@code --trace}. */
final class SelectorServers implements EchoServers {
    private static final int MAX_LOOPS = 256;

    @Override
    public void define(CommandSpec spec) {
        spec.addOption(CommonOptions.number(
                "--loops", 1, MAX_LOOPS, 1, "How many selectors, each with a thread of its own; the first accepts."));
        spec.addOption(CommonOptions.flag("--trace", "Print the keys, their interest sets and their ready sets."));
    }

    @Override
    public SelectorServer bind(CommandSpec parsed, ServerOptions options, MessageOptions messages, Console console) {
        int loops = CommonOptions.value(parsed, "--loops");
        boolean trace = CommonOptions.value(parsed, "--trace");
        return new SelectorServer(new SelectorServer.Options(options, messages, loops, trace), console);
    }
}
