package netlabs.bench;

import java.nio.file.Path;
import netlabs.common.testing.Peers;

/** The bench's own programs in C, compiled for a test. */
final class CompiledPrograms {
    private CompiledPrograms() {}

    /** {@code rusage.c}, in {@code folder}; skips or fails the test where there is no compiler. */
    static NativeProgram rusage(Path folder) throws InterruptedException {
        Peers.require("gcc");
        NativeProgram rusage =
                new NativeProgram(Path.of("src/main/c/rusage.c").toAbsolutePath(), folder.resolve("native/rusage"));
        rusage.build();
        return rusage;
    }
}
