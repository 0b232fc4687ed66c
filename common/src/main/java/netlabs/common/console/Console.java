package netlabs.common.console;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * The three standard streams of a program.
 *
 * @param in the keyboard, or what is piped in
 * @param out the transcript
 * @param err the diagnostics
 */
public record Console(InputStream in, Transcript out, Diagnostics err) {

    /** The process's own streams, unbuffered. */
    public static Console ofProcess() {
        return new Console(
                Terminals.isInputClosed() ? InputStream.nullInputStream() : new FileInputStream(FileDescriptor.in),
                new Transcript(new FileOutputStream(FileDescriptor.out)),
                new Diagnostics(new PrintStream(new FileOutputStream(FileDescriptor.err))));
    }
}
