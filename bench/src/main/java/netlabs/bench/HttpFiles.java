package netlabs.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import netlabs.common.LabException;
import netlabs.common.cli.CommonOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The files that the HTTP servers serve, and room for what else is written meanwhile. Closing it deletes all.
 *
 * @param scratch has all of it
 * @param files of pseudo-random bytes
 */
record HttpFiles(Scratch scratch, List<HttpFile> files) implements AutoCloseable {

    private static final String OPTION = "--files";
    private static final String SIZES = "1KiB,100KiB";
    private static final long MAX_BYTES = 1L << 30;

    /** {@code --files}. */
    static OptionSpec option() {
        return CommonOptions.sizes(OPTION, MAX_BYTES, SIZES, "How large the files are, one asked for in each run.");
    }

    /**
     * Makes those of {@link #option()}.
     *
     * @param home the project's folder
     * @throws LabException if they cannot be written
     */
    static HttpFiles of(CommandSpec parsed, Path home) {
        return in(home.resolve("bench/target/http"), CommonOptions.value(parsed, OPTION));
    }

    /**
     * Makes them.
     *
     * @param parent the folder that all is to be in; is made if it is not there
     * @param sizes in bytes
     * @throws LabException if they cannot be written
     */
    static HttpFiles in(Path parent, List<Long> sizes) {
        try {
            return make(parent, sizes);
        } catch (IOException e) {
            throw LabException.ofFile("cannot make the files to serve in", parent, e);
        }
    }

    private static HttpFiles make(Path parent, List<Long> sizes) throws IOException {
        HttpFiles all = new HttpFiles(Scratch.in(parent), new ArrayList<>());
        try {
            Files.createDirectory(all.root());
            for (long bytes : sizes.stream().distinct().toList()) {
                HttpFile file = new HttpFile(all.root().resolve(HttpFile.label(bytes) + ".bin"), bytes);
                RandomFile.make(file.path(), bytes);
                all.files.add(file);
            }
            return new HttpFiles(all.scratch, List.copyOf(all.files));
        } catch (IOException | RuntimeException e) {
            all.close();
            throw e;
        }
    }

    /** How large the files are, in bytes. */
    List<Long> sizes() {
        return files.stream().map(HttpFile::bytes).toList();
    }

    /** What a server serves: it has the files and nothing else. */
    Path root() {
        return scratch.folder().resolve("root");
    }

    /** A path beside the root. */
    Path beside(String name) {
        return scratch.folder().resolve(name);
    }

    /** The one that a contestant with this workload is started for. */
    HttpFile of(String workload) {
        return files.stream()
                .filter(each -> each.workload().equals(workload))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(workload));
    }

    @Override
    public void close() throws IOException {
        scratch.close();
    }
}
