package netlabs.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request asks for: path and query of its target, decoded once (RFC 3986 §2.4).
 *
 * @param names the names of folders and file between the slashes, empty ones left out; none is {@code .} or
 *     {@code ..}, has a slash, a backslash or a control character
 * @param isFolder whether the path ends with a slash
 * @param query as it came, with its question mark; empty where there is none
 */
record Target(List<String> names, boolean isFolder, String query) {
    private static final String UNRESERVED = "-._~";

    /**
     * @param bytes a section of them is the target, each a visible character of ASCII
     * @throws RefusedException if it is no path, or one that nobody may ask for: a name that begins with a dot
     *     is not served, be it {@code ..}, an encoded one, or a hidden file
     */
    static Target parse(byte[] bytes, int from, int to) throws RefusedException {
        int pathEnd = from;
        while (pathEnd < to && bytes[pathEnd] != '?') {
            pathEnd++;
        }
        for (int i = pathEnd; i < to; i++) {
            if (bytes[i] == '#') {
                throw RefusedException.badRequest("the target has a fragment, which is not sent to a server");
            }
        }
        List<String> names = new ArrayList<>();
        for (int at = from; at < pathEnd; ) {
            int start = at;
            while (at < pathEnd && bytes[at] != '/') {
                at++;
            }
            if (at > start) {
                names.add(name(bytes, start, at));
            }
            at++;
        }
        for (String name : names) {
            if (name.charAt(0) == '.') {
                throw new RefusedException(Status.FORBIDDEN, "names that begin with a dot are not served");
            }
        }
        boolean isFolder = pathEnd == from || bytes[pathEnd - 1] == '/';
        return new Target(names, isFolder, FieldLines.text(bytes, pathEnd, to));
    }

    /** Whether there is a target for a file of that name. */
    static boolean isServed(String name) {
        return !name.startsWith(".") && name.chars().noneMatch(c -> c < ' ' || c == '/' || c == '\\' || c == 0x7f);
    }

    private static String name(byte[] bytes, int from, int to) throws RefusedException {
        ByteBuffer decoded = ByteBuffer.allocate(to - from);
        for (int i = from; i < to; i++) {
            byte c = bytes[i];
            if (c == '%') {
                int high = i + 2 < to ? Character.digit(bytes[i + 1], 16) : -1;
                int low = i + 2 < to ? Character.digit(bytes[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw RefusedException.badRequest("a percent sign in the target is not followed by two digits");
                }
                c = (byte) (high << 4 | low);
                i += 2;
            }
            if (c == '/' || c == '\\' || c >= 0 && c < ' ' || c == 0x7f || c == '#' && bytes[i] == '#') {
                throw RefusedException.badRequest("the target has a character that no file name has here");
            }
            decoded.put(c);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(decoded.flip())
                    .toString();
        } catch (CharacterCodingException e) {
            throw RefusedException.badRequest("the target is not UTF-8");
        }
    }

    /**
     * The same path with a slash at its end, as a URI. It begins with exactly one slash, whatever was asked
     * for: with two it would be another host's.
     *
     * @return {@code /docs/?query}
     */
    String asFolder() {
        StringBuilder uri = new StringBuilder("/");
        for (String name : names) {
            uri.append(encode(name)).append('/');
        }
        return uri.append(query).toString();
    }

    /**
     * @return a name as it stands between two slashes of a URI: {@code caf%C3%A9.html}
     */
    static String encode(String name) {
        StringBuilder encoded = new StringBuilder(name.length() + 8);
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return encoded.toString();
    }
}
