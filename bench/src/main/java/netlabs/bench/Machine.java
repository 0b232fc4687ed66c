package netlabs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the figures depend on.
 *
 * @param processors how many this process may use
 * @param processor its model, empty where proc(5) does not say
 * @param kernel its name and version
 * @param architecture as the JVM calls it
 * @param jdks the versions of the JDKs that run the contestants
 */
record Machine(int processors, String processor, String kernel, String architecture, List<String> jdks) {

    /** This one. */
    static Machine with(List<Jdk> jdks) {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                processorModel(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("os.arch"),
                jdks.stream().map(Jdk::version).toList());
    }

    private static String processorModel() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        } catch (IOException e) {
            return ""; // not Linux
        }
        return "";
    }

    @Override
    public String toString() {
        return processors + " processors" + (processor.isEmpty() ? "" : " (" + processor + ")") + ", " + kernel + " "
                + architecture + ", Java " + String.join(" and ", jdks);
    }
}
