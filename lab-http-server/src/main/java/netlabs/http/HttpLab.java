package netlabs.http;

import java.util.List;
import netlabs.common.cli.Program;

/** The program {@code lab-http-server}. */
public final class HttpLab {
    private HttpLab() {}

    /** Runs the subcommand that {@code args} names. */
    public static void main(String[] args) {
        program().main(args);
    }

    static Program program() {
        return new Program(
                "lab-http-server",
                "Serves the files of a folder to browsers, and fetches one as a browser does.",
                List.of(new ServerCommand(), new ClientCommand(), new DemoCommand()));
    }
}
