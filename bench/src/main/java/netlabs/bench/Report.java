package netlabs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import netlabs.common.LabException;

/**
 * Everything that a run of a suite found, as it stands in the JSON file.
 *
 * @param suite its name
 * @param started when, ISO 8601
 * @param machine what it ran on
 * @param settings the values of the options, by their names
 * @param contestants who took part and who was missing, with their commands
 * @param loadUnit what a load counts
 * @param samples every round's figures
 * @param summary what the tables say
 */
record Report<F, S>(
        String suite,
        String started,
        Machine machine,
        Map<String, Object> settings,
        List<Contestant> contestants,
        String loadUnit,
        List<Sample<F>> samples,
        List<S> summary) {

    /**
     * @throws LabException if the file cannot be written
     */
    void write(Path file) {
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            Files.writeString(file, Json.MAPPER.writeValueAsString(this) + "\n");
        } catch (IOException e) {
            throw LabException.ofFile("cannot write", file, e);
        }
    }
}
