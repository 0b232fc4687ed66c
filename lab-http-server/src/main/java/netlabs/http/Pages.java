package netlabs.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The pages that the server writes itself: errors, and what is in a folder. */
final class Pages {
    static final String MEDIA_TYPE = "text/html; charset=utf-8";

    /** A folder with more has a page that ends there and says so. */
    private static final int MOST_ENTRIES = 2_000;

    private Pages() {}

    /** Of a folder, as it was when it was looked at. */
    private record Entry(String name, boolean isFolder) {}

    /**
     * @param heading {@code 404 Not Found}
     * @param text below it
     */
    static byte[] message(String heading, String text) {
        String sentence = Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
        return page(heading, "<p>" + escape(sentence) + "</p>\n");
    }

    /**
     * What {@code site} shows of a folder.
     *
     * @throws RefusedException if it cannot be read
     */
    static byte[] listing(Site site, Path folder, Target target) throws RefusedException {
        List<Entry> entries = new ArrayList<>();
        boolean all = true;
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                if (entries.size() == MOST_ENTRIES) {
                    all = false;
                    break;
                }
                BasicFileAttributes attributes = hasTarget(folder, child) ? site.shown(child) : null;
                if (attributes != null) {
                    entries.add(new Entry(child.getFileName().toString(), attributes.isDirectory()));
                }
            }
        } catch (IOException e) {
            throw Site.refusal(e);
        } catch (DirectoryIteratorException e) {
            throw Site.refusal(e.getCause());
        }
        entries.sort(Comparator.comparing((Entry entry) -> !entry.isFolder).thenComparing(Entry::name));
        StringBuilder list = new StringBuilder("<ul>\n");
        if (!target.names().isEmpty()) {
            list.append("<li><a href=\"../\">../</a></li>\n");
        }
        for (Entry entry : entries) {
            String name = entry.name;
            String slash = entry.isFolder ? "/" : "";
            // "./" in front: a name with a colon in it would be taken for a scheme.
            list.append("<li><a href=\"./")
                    .append(Target.encode(name))
                    .append(slash)
                    .append("\">")
                    .append(escape(name))
                    .append(slash)
                    .append("</a></li>\n");
        }
        list.append("</ul>\n");
        if (!all) {
            list.append("<p>There are more than ").append(MOST_ENTRIES).append(" entries.</p>\n");
        }
        return page("Index of /" + String.join("/", target.names()), list.toString());
    }

    /** Whether a request can name it: its name is UTF-8 and one that {@link Target} lets through. */
    private static boolean hasTarget(Path folder, Path child) {
        String name = child.getFileName().toString();
        try {
            return Target.isServed(name) && child.equals(folder.resolve(name));
        } catch (InvalidPathException e) {
            return false; // in the locale of this JVM it cannot be named
        }
    }

    private static byte[] page(String heading, String content) {
        String text = escape(heading);
        return ("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" + text
                        + "</title>\n</head>\n<body>\n<h1>" + text + "</h1>\n" + content + "</body>\n</html>\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
