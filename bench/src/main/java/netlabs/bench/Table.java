package netlabs.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import netlabs.common.console.Transcript;

/** Rows of text in columns as wide as they need to be: the first to the left, the others to the right. */
final class Table {
    private static final String GAP = "   ";

    private final List<List<String>> rows = new ArrayList<>();

    /** Starts with the headings. */
    Table(String... headings) {
        this(List.of(headings));
    }

    /** Starts with the headings. */
    Table(List<String> headings) {
        rows.add(headings);
    }

    /** Adds a row, which may have fewer cells than there are headings. */
    void add(String... cells) {
        add(List.of(cells));
    }

    /** As {@link #add(String...)}. */
    void add(List<String> cells) {
        rows.add(cells);
    }

    /**
     * @return a number as {@code format} has it, with a point whatever the country
     */
    static String text(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /**
     * @return {@code 172,065}
     */
    static String whole(double value) {
        return text("%,.0f", value);
    }

    /**
     * @return {@code 0.94}
     */
    static String ratio(double value) {
        return text("%.2f", value);
    }

    /**
     * @return {@code 97 %}
     */
    static String percent(double share) {
        return text("%.0f %%", 100 * share);
    }

    /**
     * @return {@code 0.92 .. 0.97}: the extremes of the rounds
     */
    static String span(String format, Statistics rounds) {
        return text(format, rounds.min()) + " .. " + text(format, rounds.max());
    }

    /**
     * @return {@code 1,058.1}
     */
    static String mib(double kib) {
        return text("%,.1f", kib / 1024);
    }

    /**
     * @return the first cell of a contestant's row: who failed must not look as if it did not
     */
    static String name(String contestant, int failed) {
        return failed == 0 ? contestant : contestant + " (" + failed + " failed)";
    }

    /** Prints it, without blanks at the ends of lines. */
    void print(Transcript out) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                String padding = " ".repeat(Math.max(0, width(column) - cell.length()));
                line.append(column == 0 ? cell + padding : GAP + padding + cell);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        out.print(text.toString());
    }

    private int width(int column) {
        int width = 0;
        for (List<String> row : rows) {
            // A short row's last cell is a remark: it may run on over the columns that the row does not have.
            boolean runsOn =
                    column == row.size() - 1 && row.size() < rows.get(0).size();
            if (column < row.size() && !(runsOn && column > 0)) {
                width = Math.max(width, row.get(column).length());
            }
        }
        return width;
    }
}
