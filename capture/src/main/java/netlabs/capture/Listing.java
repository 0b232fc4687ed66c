package netlabs.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import netlabs.common.LabException;

/**
 * Standard output for many lines: written a page at a time, not line by line, because nothing that happens is waited
 * for between two of them. Whoever reads may have enough before the end ({@code | head}): that is no error.
 */
final class Listing {
    private static final int PAGE_CHARACTERS = 32 * 1024;

    private final OutputStream out;
    private final StringBuilder page = new StringBuilder(PAGE_CHARACTERS + 1024);
    private boolean isClosed;

    /**
     * @param out takes each page in one write
     */
    Listing(OutputStream out) {
        this.out = out;
    }

    /**
     * @return where to append the next lines, before {@link #endLine}
     */
    StringBuilder text() {
        return page;
    }

    /** Writes what has been appended if it is a page. */
    void endLine() {
        if (page.length() >= PAGE_CHARACTERS) {
            flush();
        }
    }

    /** Whether nobody reads any more. */
    boolean isClosed() {
        return isClosed;
    }

    /**
     * Writes what has been appended.
     *
     * @throws LabException if it cannot be written and somebody may still want it, as on a full disk
     */
    void flush() {
        byte[] bytes = page.toString().getBytes(StandardCharsets.UTF_8);
        page.setLength(0);
        if (isClosed || bytes.length == 0) {
            return;
        }
        try {
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            isClosed = true;
            if (!isBrokenPipe(e)) {
                throw new LabException("cannot write to standard output: " + LabException.reason(e), e);
            }
        }
    }

    /** EPIPE of write(2), and what Windows calls it. */
    private static boolean isBrokenPipe(IOException e) {
        String message = e.getMessage();
        return message != null && (message.contains("Broken pipe") || message.contains("pipe is being closed"));
    }

    /**
     * @return the same, for what writes to such
     */
    Writer writer() {
        return new Writer() {
            @Override
            public void write(char[] characters, int first, int count) {
                page.append(characters, first, count);
                endLine();
            }

            @Override
            public void flush() {
                endLine(); // a page at a time
            }

            @Override
            public void close() {
                endLine();
            }
        };
    }
}
