package netlabs.filetransfer;

import java.util.List;
import netlabs.common.cli.Program;

/** The program {@code lab-file-transfer}. */
public final class FileTransferLab {
    private FileTransferLab() {}

    /** Runs the subcommand that {@code args} names. */
    public static void main(String[] args) {
        program().main(args);
    }

    static Program program() {
        return new Program(
                "lab-file-transfer",
                "Sends files of any size over TCP, and stores them whole or not at all.",
                List.of(new ServerCommand(), new ClientCommand(), new DemoCommand()));
    }
}
