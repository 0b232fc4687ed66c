package netlabs.grader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What README, docs and samples link to is there: files, pictures, and headings within a page. */
class DocumentLinksTest {
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "build");

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        Files.walkFileTree(PROJECT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    documents.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return documents;
    }

    /** The lines that are text: no code, which is indented by four spaces or fenced. */
    private static List<String> text(Path document) throws IOException {
        List<String> text = new ArrayList<>();
        boolean isFenced = false;
        for (String line : Files.readAllLines(document)) {
            if (line.startsWith("```")) {
                isFenced = !isFenced;
            } else if (!isFenced && !line.startsWith("    ")) {
                text.add(line);
            }
        }
        return text;
    }

    /** The anchors that GitHub gives to the headings: lower case, hyphens for spaces, no punctuation. */
    private static Set<String> anchors(Path document) throws IOException {
        Set<String> anchors = new HashSet<>();
        for (String line : text(document)) {
            if (line.startsWith("#")) {
                String heading = line.replaceFirst("^#+ +", "").strip().toLowerCase(Locale.ROOT);
                String anchor = heading.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-');
                String unique = anchor;
                for (int i = 1; !anchors.add(unique); i++) {
                    unique = anchor + "-" + i;
                }
            }
        }
        return anchors;
    }

    private static boolean isThere(Path document, String target) throws IOException {
        String[] parts = target.split("#", 2);
        Path file = parts[0].isEmpty()
                ? document
                : document.resolveSibling(parts[0]).normalize();
        return file.startsWith(PROJECT)
                && Files.exists(file)
                && (parts.length == 1 || anchors(file).contains(parts[1]));
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        Set<String> dead = new TreeSet<>();
        int links = 0;
        for (Path document : documents()) {
            for (String line : text(document)) {
                for (Matcher link = LINK.matcher(CODE.matcher(line).replaceAll("")); link.find(); ) {
                    String target = link.group(1);
                    if (ELSEWHERE.matcher(target).matches()) {
                        continue;
                    }
                    links++;
                    if (!isThere(document, target)) {
                        dead.add(PROJECT.relativize(document) + ": " + target);
                    }
                }
            }
        }
        assertThat(dead).isEmpty();
        assertThat(links).isGreaterThan(50);
    }

    /** A student who opens one guide of the capture tool finds the others. */
    @Test
    void everyPageIsLinkedFromReadmeOrFromAnotherPage() throws IOException {
        Set<Path> linked = new HashSet<>();
        for (Path document : documents()) {
            for (String line : text(document)) {
                for (Matcher link = LINK.matcher(line); link.find(); ) {
                    linked.add(document.resolveSibling(link.group(1).split("#", 2)[0])
                            .normalize());
                }
            }
        }
        assertThat(documents().stream().filter(document -> document.startsWith(PROJECT.resolve("docs"))))
                .isNotEmpty()
                .allMatch(linked::contains);
    }
}
