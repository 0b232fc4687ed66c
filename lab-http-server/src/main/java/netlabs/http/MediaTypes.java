package netlabs.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import netlabs.common.LabException;

/**
 * The media type of a file by the ending of its name. The table is Tomcat's, which follows IANA's registry;
 * what the labs have and it has not stands here.
 */
final class MediaTypes {
    private static final String UNKNOWN = "application/octet-stream";

    private final Properties types = new Properties();

    /**
     * @throws LabException if the table is not in the jar
     */
    MediaTypes() {
        try (InputStream table = MediaTypes.class.getResourceAsStream("media-types.properties")) {
            if (table == null) {
                throw new LabException("this jar has no table of media types");
            }
            types.load(new InputStreamReader(table, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new LabException("cannot read the table of media types: " + e.getMessage(), e);
        }
        types.put("gz", "application/gzip"); // RFC 6713; the table has the old x-gzip
        types.put("md", "text/markdown"); // RFC 7763
        types.put("py", "text/x-python");
        types.put("map", "application/json"); // source maps
        types.put("webmanifest", "application/manifest+json");
        types.put("pcapng", "application/x-pcapng");
    }

    /**
     * @return the value of Content-Type: {@code text/html; charset=utf-8}. Text is taken for UTF-8; other
     *     types say in themselves what their characters are
     */
    String of(String fileName) {
        int dot = fileName.lastIndexOf('.');
        String type = types.getProperty(fileName.substring(dot + 1).toLowerCase(Locale.ROOT), UNKNOWN);
        if (dot < 0) {
            return UNKNOWN;
        }
        return type.startsWith("text/") ? type + "; charset=utf-8" : type;
    }
}
