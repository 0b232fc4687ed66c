package netlabs.bench;

import java.nio.file.Path;

/**
 * A file that is asked for.
 *
 * @param path where it is
 * @param bytes how long it is
 */
record HttpFile(Path path, long bytes) {

    /** {@code 1KiB}, {@code 10MiB}, {@code 1500B}: its length in the largest unit that it is a multiple of. */
    static String label(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB"};
        int unit = 0;
        long count = bytes;
        while (count % 1024 == 0 && count > 0 && unit < units.length - 1) {
            count /= 1024;
            unit++;
        }
        return count + units[unit];
    }

    /** What a contestant is started for that serves it: {@code file: 1KiB}. */
    String workload() {
        return "file: " + label(bytes);
    }

    /** What the request line says: its name below the server's root. */
    String target() {
        return "/" + path.getFileName();
    }
}
