package netlabs.capture.flow;

import java.util.ArrayList;
import java.util.List;
import netlabs.capture.analysis.Frame;

/**
 * Draws a ladder in characters: a row for each packet, with further lines where it has more to say than fits. No
 * line is wider than the paper.
 *
 * <pre>
 *                client                                server
 *         ('127.0.0.1', 59814)                  ('127.0.0.1', 5005)
 * frame     time/s  │                                     │
 *     1   0.000000  │── SYN Seq=0 Len=0 ─────────────────►│ handshake
 *     2   0.000012  │◄── SYN, ACK Seq=0 Ack=1 Len=0 ──────│ handshake
 *     3   0.000023  │── ACK Seq=1 Ack=1 Len=0 ───────────►│ handshake
 * </pre>
 */
public final class TextLadder {
    /** Narrower, the labels would be cut to pieces. */
    public static final int LEAST_WIDTH = 60;

    private static final String HEAD_OF_NUMBERS = "frame";
    private static final String HEAD_OF_TIMES = "time/s";
    private static final String HANDSHAKE = "handshake";
    private static final String CLOSE = "close";

    /** Columns between a lifeline and the label on an arrow: head, shaft and a blank. */
    private static final int BESIDE_LABEL = 4;

    /** An excerpt that would get fewer columns behind the label begins a line of its own. */
    private static final int LEAST_EXCERPT = 24;

    private final int width;
    private final boolean ascii;
    private final boolean colours;

    /**
     * @param width of the paper in columns, at least {@link #LEAST_WIDTH}
     * @param ascii whether to draw with characters of ASCII only
     * @param colours whether to write the escape sequences for colours (ECMA-48)
     */
    public TextLadder(int width, boolean ascii, boolean colours) {
        this.width = width;
        this.ascii = ascii;
        this.colours = colours;
    }

    /** Adds the drawing of {@code ladder} to {@code out}; each line ends with a newline. */
    public void draw(Ladder ladder, StringBuilder out) {
        new Drawing(ladder, out).draw();
    }

    /** A part of a label that is written in one style. */
    private record Piece(String text, byte style) {}

    /** One diagram while it is drawn. */
    private final class Drawing {
        private final Ladder ladder;
        private final StringBuilder out;
        private final Line line = new Line(width);
        private final int numberEnd;
        private final int timeEnd;
        private final int[] lifelines;

        Drawing(Ladder ladder, StringBuilder out) {
            this.ladder = ladder;
            this.out = out;
            int number = HEAD_OF_NUMBERS.length();
            int time = "0.000000".length() + 2;
            for (Row row : ladder.rows()) {
                Frame frame = frame(row);
                if (frame != null) {
                    number = Math.max(number, Long.toString(frame.number()).length());
                    time = Math.max(time, FrameText.seconds(frame.timeNanos()).length());
                }
            }
            numberEnd = number;
            timeEnd = number + 1 + time;
            lifelines = new int[ladder.lifelines().size()];
            int first = timeEnd + 2;
            int last = width - HANDSHAKE.length() - 2;
            for (int i = 0; i < lifelines.length; i++) {
                lifelines[i] = lifelines.length == 1 ? first : first + (last - first) * i / (lifelines.length - 1);
            }
        }

        private static Frame frame(Row row) {
            if (row instanceof Row.Arrow arrow) {
                return arrow.frame();
            }
            return row instanceof Row.Note note ? note.frame() : null;
        }

        void draw() {
            List<Piece> words = new ArrayList<>();
            addWords(words, ladder.title() + ":", Line.BOLD);
            addWords(words, ladder.summary(), Line.PLAIN);
            for (List<Piece> pieces : lines(words, width)) {
                put(pieces, 0, width, false);
                end();
            }
            end();
            drawHeads();
            line.putBefore(numberEnd, HEAD_OF_NUMBERS, Line.FAINT);
            line.putBefore(timeEnd, HEAD_OF_TIMES, Line.FAINT);
            putLifelines(lifelines.length, false);
            end();
            for (Row row : ladder.rows()) {
                if (row instanceof Row.Arrow arrow) {
                    draw(arrow);
                } else if (row instanceof Row.Note note) {
                    draw(note);
                } else if (row instanceof Row.Pause pause) {
                    drawBreak(FrameText.pause(pause.nanos()));
                } else if (row instanceof Row.LeftOut left) {
                    drawBreak(more() + " " + FrameText.count(left.frames(), "frame") + " more");
                }
            }
        }

        /** The addresses above their lifelines, on lines of their own where they would touch. */
        private void drawHeads() {
            int free = 0;
            boolean touch = false;
            for (int i = 0; i < lifelines.length; i++) {
                String address = address(i);
                int start = start(i, address);
                touch |= start < free;
                free = start + Cells.width(address) + 2;
            }
            for (int from = 0; from < lifelines.length; from += touch ? 1 : lifelines.length) {
                int to = touch ? from + 1 : lifelines.length;
                if (!ladder.lifelines().get(from).role().isEmpty()) {
                    putLifelines(from, false);
                    for (int i = from; i < to; i++) {
                        String role = ladder.lifelines().get(i).role();
                        line.put(start(i, role), role, Line.BOLD);
                    }
                    end();
                }
                putLifelines(from, false);
                for (int i = from; i < to; i++) {
                    line.put(start(i, address(i)), address(i), Line.BOLD);
                }
                end();
            }
        }

        private String address(int i) {
            String address = ladder.lifelines().get(i).address();
            return Cells.cut(Cells.plain(address.isEmpty() ? "?" : address, ascii), width, more());
        }

        private int start(int i, String text) {
            int cells = Cells.width(text);
            return Math.max(0, Math.min(lifelines[i] - cells / 2, width - cells));
        }

        private void draw(Row.Arrow arrow) {
            Frame frame = arrow.frame();
            int left = lifelines[Math.min(arrow.from(), arrow.to())];
            int right = lifelines[Math.max(arrow.from(), arrow.to())];
            int cells = Math.max(1, right - left - 1 - 2 * BESIDE_LABEL);
            boolean first = true;
            for (List<Piece> pieces : label(frame, cells)) {
                putLifelines(lifelines.length, false);
                if (first) {
                    putNumberAndTime(frame);
                    putPhase(frame);
                    putShaft(arrow.from() < arrow.to(), left, right);
                    first = false;
                }
                put(pieces, left + 1 + BESIDE_LABEL, right, true);
                end();
            }
        }

        private void draw(Row.Note note) {
            Frame frame = note.frame();
            int start = timeEnd + 2 + (lifelines.length == 0 ? 0 : 2);
            List<Piece> words = new ArrayList<>();
            addWords(words, Cells.plain(FrameText.note(frame, ascii ? "->" : "→"), ascii), Line.PLAIN);
            boolean first = true;
            for (List<Piece> pieces : lines(words, Math.max(1, width - start))) {
                putLifelines(lifelines.length, false);
                if (first) {
                    putNumberAndTime(frame);
                    first = false;
                }
                line.clear(start - 1, width);
                put(pieces, start, width, false);
                end();
            }
        }

        private void drawBreak(String text) {
            putLifelines(lifelines.length, true);
            line.put(timeEnd + 2 + (lifelines.length == 0 ? 0 : 1 + BESIDE_LABEL), text, Line.FAINT);
            end();
        }

        private void putNumberAndTime(Frame frame) {
            line.putBefore(numberEnd, Long.toString(frame.number()), Line.PLAIN);
            line.putBefore(timeEnd, FrameText.seconds(frame.timeNanos()), Line.FAINT);
        }

        private void putPhase(Frame frame) {
            if (frame.phase() != Frame.Phase.DATA && frame.transport() == Frame.Transport.TCP) {
                boolean opens = frame.phase() == Frame.Phase.HANDSHAKE;
                line.put(width - HANDSHAKE.length(), opens ? HANDSHAKE : CLOSE, opens ? Line.GREEN : Line.MAGENTA);
            }
        }

        private void putShaft(boolean toRight, int left, int right) {
            byte style = toRight ? Line.BLUE : Line.YELLOW;
            for (int i = left + 1; i < right; i++) {
                line.put(i, ascii ? "-" : "─", style);
            }
            if (toRight) {
                line.put(right - 1, ascii ? ">" : "►", style);
            } else {
                line.put(left + 1, ascii ? "<" : "◄", style);
            }
        }

        /** Puts {@code pieces} behind each other, and before {@code end}; a blank before and behind all if {@code apart}. */
        private void put(List<Piece> pieces, int start, int end, boolean apart) {
            int at = start;
            for (Piece piece : pieces) {
                if (apart) {
                    line.put(at - 1, " ", Line.PLAIN);
                }
                line.put(at, Cells.cut(piece.text, end - at, ""), piece.style);
                at += Cells.width(piece.text) + 1;
            }
            if (apart && !pieces.isEmpty() && at <= end) {
                line.put(at - 1, " ", Line.PLAIN);
            }
        }

        private void putLifelines(int count, boolean broken) {
            for (int i = 0; i < count; i++) {
                line.put(lifelines[i], broken ? ascii ? ":" : "┊" : ascii ? "|" : "│", Line.FAINT);
            }
        }

        /** What an arrow says, in lines of {@code cells} columns: label, marks, and the payload as far as it fits. */
        private List<List<Piece>> label(Frame frame, int cells) {
            List<Piece> words = new ArrayList<>();
            boolean isOther = frame.transport() == Frame.Transport.OTHER;
            addWords(words, Cells.plain(FrameText.kind(frame), ascii) + (isOther ? "," : ""), Line.BOLD);
            addWords(words, FrameText.numbers(frame), Line.PLAIN);
            String marks = FrameText.marks(frame);
            if (!marks.isEmpty()) {
                addWords(words, "[" + Cells.plain(marks, ascii) + "]", Line.RED);
            }
            List<List<Piece>> lines = lines(words, cells);
            String excerpt = Excerpt.of(frame.payload(), frame.payloadLength(), cells, ascii);
            if (excerpt.isEmpty() || isOther) { // its payload is headers of others
                return lines;
            }
            List<Piece> last = lines.get(lines.size() - 1);
            int left = cells;
            for (Piece piece : last) {
                left -= Cells.width(piece.text) + 1;
            }
            if (left >= Math.min(LEAST_EXCERPT, Cells.width(excerpt))) {
                last.add(new Piece(Excerpt.of(frame.payload(), frame.payloadLength(), left, ascii), Line.CYAN));
            } else {
                lines.add(List.of(new Piece(excerpt, Line.CYAN)));
            }
            return lines;
        }

        private void end() {
            line.end(out, colours);
        }
    }

    private String more() {
        return ascii ? "..." : "…";
    }

    private static void addWords(List<Piece> words, String text, byte style) {
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == ' ') {
                if (i > start) {
                    words.add(new Piece(text.substring(start, i), style));
                }
                start = i + 1;
            }
        }
    }

    /** Fills lines with words; a word that is too long for one is cut. */
    private static List<List<Piece>> lines(List<Piece> words, int cells) {
        List<List<Piece>> lines = new ArrayList<>();
        List<Piece> line = new ArrayList<>();
        int used = 0;
        for (Piece word : words) {
            int length = Cells.width(word.text);
            if (!line.isEmpty() && used + 1 + length > cells) {
                lines.add(line);
                line = new ArrayList<>();
                used = 0;
            }
            String rest = word.text;
            while (Cells.width(rest) > cells) {
                String part = Cells.cut(rest, Math.max(2, cells), ""); // 2: a character may take two columns
                lines.add(List.of(new Piece(part, word.style)));
                rest = rest.substring(part.length());
            }
            used += (line.isEmpty() ? 0 : 1) + Cells.width(rest);
            line.add(new Piece(rest, word.style));
        }
        lines.add(line);
        return lines;
    }
}
