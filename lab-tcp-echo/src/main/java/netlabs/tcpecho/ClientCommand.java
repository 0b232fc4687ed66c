package netlabs.tcpecho;

import java.util.List;
import netlabs.common.cli.CommonOptions;
import netlabs.common.cli.TextClientCommand;
import picocli.CommandLine.Model.CommandSpec;

/** {@code client}. */
final class ClientCommand extends TextClientCommand {
    ClientCommand() {
        super(ExerciseOptions.DEFAULT_PORTS);
    }

    @Override
    protected void define(CommandSpec spec) {
        ExerciseOptions.addExercise(spec);
        super.define(spec);
    }

    @Override
    protected Exercise dialogue(CommandSpec parsed) {
        return ExerciseOptions.exercise(parsed);
    }

    @Override
    protected int defaultPort(CommandSpec parsed) {
        return dialogue(parsed).defaultPort();
    }

    @Override
    protected List<String> messages(CommandSpec parsed) {
        return dialogue(parsed).messages(CommonOptions.arguments(parsed));
    }
}
