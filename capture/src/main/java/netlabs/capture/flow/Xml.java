package netlabs.capture.flow;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes XML 1.0, well-formed whatever the text is. (StAX would cost a start 30 ms, and is no shorter.) */
final class Xml {
    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();
    private boolean inTag;

    /** Begins an element, within the one that is open. */
    Xml open(String name) {
        endTag();
        out.append('<').append(name);
        open.push(name);
        inTag = true;
        return this;
    }

    /** Adds an attribute to the element that has just begun. */
    Xml with(String attribute, String value) {
        out.append(' ').append(attribute).append("=\"");
        escape(value);
        out.append('"');
        return this;
    }

    Xml with(String attribute, int value) {
        out.append(' ').append(attribute).append("=\"").append(value).append('"');
        return this;
    }

    /** Adds text to the element that is open. */
    Xml text(String text) {
        endTag();
        escape(text);
        return this;
    }

    /** Adds what another writer has written. */
    Xml add(Xml other) {
        endTag();
        out.append(other);
        return this;
    }

    /** Ends the element that is open. */
    Xml close() {
        String name = open.pop();
        if (inTag) {
            out.append("/>");
            inTag = false;
        } else {
            out.append("</").append(name).append('>');
        }
        return this;
    }

    /** A new line, between two elements. */
    Xml line() {
        endTag();
        out.append('\n');
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private void endTag() {
        if (inTag) {
            out.append('>');
            inTag = false;
        }
    }

    /** What XML has no form for (XML 1.0 §2.2, Char) becomes U+FFFD. */
    private void escape(String text) {
        for (int i = 0; i < text.length(); ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            if (character == '<') {
                out.append("&lt;");
            } else if (character == '>') {
                out.append("&gt;");
            } else if (character == '&') {
                out.append("&amp;");
            } else if (character == '"') {
                out.append("&quot;");
            } else if (character < ' ' && character != '\n'
                    || character >= 0x7f && character <= 0x9f
                    || character >= 0xd800 && character <= 0xdfff
                    || character == 0xfffe
                    || character == 0xffff) {
                out.append('\ufffd');
            } else {
                out.appendCodePoint(character);
            }
        }
    }
}
