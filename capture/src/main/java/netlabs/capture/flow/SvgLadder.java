package netlabs.capture.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import netlabs.capture.analysis.Frame;
import netlabs.capture.analysis.Frame.Phase;
import netlabs.capture.analysis.Frame.Transport;
import netlabs.capture.analysis.Mark;
import netlabs.capture.analysis.TcpFlags;

/**
 * Draws ladders as one picture (SVG 1.1), one below the other. All of the light theme stands in attributes, so that
 * it is readable where style sheets are ignored; the style sheet has only what is different in the dark and on
 * paper. The colours are those of Okabe and Ito, which colour-blind people can tell apart; what a colour says is also
 * said by dashes and in words. The same ladders give the same bytes.
 */
public final class SvgLadder {
    private static final String SANS = "system-ui, -apple-system, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
    private static final String MONO =
            "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";

    private static final String PAPER = "#ffffff";
    private static final String INK = "#1b1f24";
    private static final String DIM = "#57606a";
    private static final String RULE = "#8c959f";
    private static final String BOX = "#f6f8fa";
    private static final String BLUE = "#0072b2";
    private static final String GREEN = "#009e73";
    private static final String VERMILLION = "#d55e00";
    private static final String PURPLE = "#cc79a7";

    /** What is different where the reader's system is dark, and in print, where ink is dear. */
    private static final String STYLE = "@media screen and (prefers-color-scheme: dark) {\n"
            + ".paper{fill:#0d1117}.ink{fill:#e6edf3}.dim{fill:#9da7b3}.rule{stroke:#6e7681}"
            + ".box{fill:#161b22;stroke:#6e7681}.halo{stroke:#0d1117}\n"
            + ".handshake{fill:#0e2922}.close{fill:#2c1a27}.opened{fill:#5fd3b0}.closed{fill:#e9a9cb}\n"
            + ".client{color:#56b4e9}.server{color:#2fbf94}.resent{color:#f5893d}.lost,.again{color:#dd94bd}"
            + ".window{color:#f0f3f6}\n"
            + "}\n@media print { .paper{fill:none} }\n";

    private static final int MARGIN = 20;
    private static final int FIRST_LIFELINE = 220;
    private static final int BETWEEN_TWO = 580;
    private static final int BETWEEN_MORE = 340;

    /** From the last lifeline to the right edge; half an address of IPv6 stands above it. */
    private static final int BESIDE_LAST = 200;

    private static final int SLANT = 6;
    private static final int LINE = 16;
    private static final int HEAD = 11;

    /** More than a character takes, of the monospaced and of the other fonts, at their sizes here; in tenths. */
    private static final int MONO_TENTHS = 75;

    private static final int SANS_TENTHS = 78;
    private static final int BOLD_TENTHS = 95;

    private SvgLadder() {}

    /**
     * @param file what the picture is of
     * @param ladders from above to below
     * @param notDrawn how many streams more there are
     * @return the whole document
     */
    public static String draw(String file, List<Ladder> ladders, long notDrawn) {
        List<Drawing> drawings = new ArrayList<>();
        int width = 0;
        for (Ladder ladder : ladders) {
            Drawing drawing = new Drawing(ladder);
            drawings.add(drawing);
            width = Math.max(width, drawing.width);
        }
        width = Math.max(width, FIRST_LIFELINE + BETWEEN_TWO + BESIDE_LAST);
        Xml body = new Xml();
        int y = MARGIN;
        for (Drawing drawing : drawings) {
            y = drawing.draw(body, y, width) + 2 * MARGIN;
        }
        if (notDrawn > 0) {
            text(body, MARGIN, y, "start", "dim", DIM, "… " + FrameText.count(notDrawn, "stream") + " more");
            y += 2 * MARGIN;
        }
        Xml xml = new Xml();
        xml.open("svg")
                .with("xmlns", "http://www.w3.org/2000/svg")
                .with("width", width)
                .with("height", y)
                .with("viewBox", "0 0 " + width + " " + y)
                .with("role", "img")
                .with("aria-labelledby", "ladder-title ladder-desc")
                .with("font-family", SANS)
                .with("font-size", 13);
        xml.line().open("title").with("id", "ladder-title");
        xml.text("Ladder diagram of " + Cells.plain(file, false)).close();
        xml.line()
                .open("desc")
                .with("id", "ladder-desc")
                .text(description(ladders))
                .close();
        xml.line().open("style").text(STYLE).close();
        xml.line().open("rect").with("class", "paper").with("width", "100%").with("height", "100%");
        xml.with("fill", PAPER).close();
        xml.line().add(body).close();
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml.line();
    }

    private static String description(List<Ladder> ladders) {
        StringBuilder text = new StringBuilder();
        for (Ladder ladder : ladders) {
            text.append(text.length() == 0 ? "" : " ").append(ladder.title());
            String between = " between ";
            for (Ladder.Lifeline lifeline : ladder.lifelines()) {
                text.append(between)
                        .append(lifeline.role())
                        .append(lifeline.role().isEmpty() ? "" : " ");
                text.append(lifeline.address());
                between = " and ";
            }
            text.append(": ").append(ladder.summary()).append('.');
        }
        return Cells.plain(text.toString(), false);
    }

    private static Xml text(Xml xml, int x, int y, String anchor, String style, String fill, String text) {
        return openText(xml, x, y, anchor, style, fill).text(text).close().line();
    }

    private static Xml openText(Xml xml, int x, int y, String anchor, String style, String fill) {
        xml.open("text").with("class", style).with("x", x).with("y", y).with("fill", fill);
        return anchor.equals("start") ? xml : xml.with("text-anchor", anchor);
    }

    /** How an arrow looks. */
    private record Look(String style, String colour, String dashes) {
        private static final Look CLIENT = new Look("client", BLUE, "");
        private static final Look SERVER = new Look("server", GREEN, "");
        private static final Look RESET = new Look("resent", VERMILLION, "");
        private static final Look RESENT = new Look("resent", VERMILLION, "9 5");
        private static final Look LOST = new Look("lost", PURPLE, "13 4 2 4");
        private static final Look WINDOW = new Look("window", "#000000", "2 4");
        private static final Look AGAIN = new Look("again", PURPLE, "5 4");

        static Look of(Frame frame, boolean toRight) {
            Set<Mark> marks = frame.marks();
            if (marks.isEmpty()) {
                boolean resets = frame.transport() == Transport.TCP && (frame.flags() & TcpFlags.RST) != 0;
                return resets ? RESET : toRight ? CLIENT : SERVER;
            }
            if (marks.contains(Mark.RETRANSMISSION)
                    || marks.contains(Mark.FAST_RETRANSMISSION)
                    || marks.contains(Mark.SPURIOUS_RETRANSMISSION)) {
                return RESENT;
            }
            if (marks.contains(Mark.OUT_OF_ORDER)
                    || marks.contains(Mark.LOST_SEGMENT)
                    || marks.contains(Mark.ACKED_UNSEEN)) {
                return LOST;
            }
            return marks.contains(Mark.ZERO_WINDOW)
                            || marks.contains(Mark.ZERO_WINDOW_PROBE)
                            || marks.contains(Mark.ZERO_WINDOW_PROBE_ACK)
                            || marks.contains(Mark.WINDOW_UPDATE)
                            || marks.contains(Mark.WINDOW_FULL)
                    ? WINDOW
                    : AGAIN;
        }
    }

    /** One ladder while it is drawn. */
    private static final class Drawing {
        private final Ladder ladder;
        private final int numberEnd;
        private final int timeEnd;
        private final int axis;
        private final int[] lifelines;
        private final int width;
        private final Xml bands = new Xml();
        private final Xml back = new Xml();
        private final Xml front = new Xml();
        private int y;

        /** Where the lifelines go on, below the last break. */
        private int unbroken;

        private int axisTop;

        private Phase band = Phase.DATA;
        private int bandTop;
        private int bandBottom;

        Drawing(Ladder ladder) {
            this.ladder = ladder;
            int number = "frame".length();
            int time = "time [s]".length();
            for (Row row : ladder.rows()) {
                Frame frame = row instanceof Row.Arrow arrow
                        ? arrow.frame()
                        : row instanceof Row.Note note ? note.frame() : null;
                if (frame != null) {
                    number = Math.max(number, Long.toString(frame.number()).length());
                    time = Math.max(time, FrameText.seconds(frame.timeNanos()).length());
                }
            }
            numberEnd = MARGIN + 12 + number * MONO_TENTHS / 10;
            timeEnd = numberEnd + 12 + time * MONO_TENTHS / 10;
            axis = timeEnd + 10;
            lifelines = new int[ladder.lifelines().size()];
            int first = Math.max(FIRST_LIFELINE, axis + 2 * MARGIN);
            for (int i = 0; i < lifelines.length; i++) {
                lifelines[i] = first + i * (lifelines.length == 2 ? BETWEEN_TWO : BETWEEN_MORE);
            }
            width = lifelines.length == 0 ? 0 : lifelines[lifelines.length - 1] + BESIDE_LAST;
        }

        /**
         * @return where it ends
         */
        int draw(Xml body, int top, int paper) {
            y = top;
            body.open("text")
                    .with("class", "ink")
                    .with("x", MARGIN)
                    .with("y", y + 18)
                    .with("fill", INK);
            body.with("font-size", 19)
                    .with("font-weight", "bold")
                    .text(ladder.title())
                    .close()
                    .line();
            text(body, MARGIN, y + 38, "start", "dim", DIM, ladder.summary());
            y += 56;
            drawHeads(body);
            for (Row row : ladder.rows()) {
                if (row instanceof Row.Arrow arrow) {
                    changeBand(arrow.frame(), paper);
                    draw(arrow);
                    bandBottom = y;
                } else if (row instanceof Row.Note note) {
                    draw(note, paper);
                } else if (row instanceof Row.Pause pause) {
                    drawBreak(FrameText.pause(pause.nanos()), true);
                } else if (row instanceof Row.LeftOut left) {
                    endBand(paper);
                    drawBreak("… " + FrameText.count(left.frames(), "frame") + " more …", false);
                }
            }
            endBand(paper);
            y += 12;
            drawVerticals(y);
            body.add(bands).add(back).add(front);
            return y;
        }

        private void drawHeads(Xml body) {
            int height = lifelines.length == 0 ? 20 : 44;
            for (int i = 0; i < lifelines.length; i++) {
                Ladder.Lifeline lifeline = ladder.lifelines().get(i);
                boolean hasRole = !lifeline.role().isEmpty();
                int most = (lifelines.length == 2 ? 2 * (BESIDE_LAST - 2) : BETWEEN_MORE - 10) - 16;
                String address = lifeline.address().isEmpty() ? "?" : Cells.plain(lifeline.address(), false);
                String shown = Cells.cut(address, most * 10 / MONO_TENTHS, "…");
                int half = Math.max(60, (Cells.width(shown) * MONO_TENTHS / 10 + 16) / 2);
                body.open("rect")
                        .with("class", "box")
                        .with("x", lifelines[i] - half)
                        .with("y", y);
                body.with("width", 2 * half).with("height", height).with("rx", 6);
                body.with("fill", BOX).with("stroke", RULE).close().line();
                if (hasRole) {
                    openText(body, lifelines[i], y + 18, "middle", "ink", INK).with("font-weight", "bold");
                    body.text(lifeline.role()).close().line();
                }
                openText(body, lifelines[i], y + (hasRole ? 35 : 27), "middle", "ink", INK);
                mono(body, shown).text(shown).close().line();
            }
            y += height;
            unbroken = y;
            y += 22;
            axisTop = y - 12;
            openText(body, numberEnd, y - 2, "end", "dim", DIM).with("font-size", 12);
            body.text("frame").close().line();
            openText(body, timeEnd, y - 2, "end", "dim", DIM).with("font-size", 12);
            body.text("time [s]").close().line();
            y += 6;
        }

        private static Xml mono(Xml xml, String text) {
            xml.with("font-family", MONO).with("font-size", 12).with("xml:space", "preserve");
            int cells = Cells.width(text);
            if (cells != text.length() || !isAscii(text)) { // a font may have what it likes for these
                xml.with("textLength", cells * 72 / 10).with("lengthAdjust", "spacingAndGlyphs");
            }
            return xml;
        }

        private static boolean isAscii(String text) {
            for (int i = 0; i < text.length(); i++) {
                if (text.charAt(i) > 0x7e) {
                    return false;
                }
            }
            return true;
        }

        private void draw(Row.Arrow arrow) {
            Frame frame = arrow.frame();
            Look look = Look.of(frame, arrow.from() < arrow.to());
            int from = lifelines[arrow.from()];
            int to = lifelines[arrow.to()];
            int middle = (from + to) / 2;
            int room = Math.abs(to - from) - 2 * MARGIN;
            front.open("g").with("class", look.style).with("color", look.colour).line();
            front.open("title").text(tip(arrow)).close().line();
            drawLabel(frame, middle, room);
            int tail = y + 7;
            int head = tail + SLANT;
            drawNumberAndTime(frame, tail);
            int back = to > from ? -HEAD : HEAD;
            front.open("path").with("d", "M" + from + " " + tail + "L" + (to + back) + " " + head);
            front.with("stroke", "currentColor").with("stroke-width", 2).with("fill", "none");
            if (!look.dashes.isEmpty()) {
                front.with("stroke-dasharray", look.dashes);
            }
            front.close().line();
            front.open("path")
                    .with("d", "M" + to + " " + head + "l" + back + " -6v11z")
                    .with("fill", "currentColor");
            front.close().line();
            y = head;
            String marks = FrameText.marks(frame);
            if (!marks.isEmpty()) {
                y += LINE;
                openLabel(middle).with("font-weight", "bold").with("font-size", 12);
                front.open("tspan").with("fill", "currentColor").text("▲ ").close();
                front.text(Cells.cut(Cells.plain(marks, false), room * 10 / SANS_TENTHS, "…"));
                front.close().line();
            }
            String excerpt = Excerpt.of(frame.payload(), frame.payloadLength(), room * 10 / MONO_TENTHS, false);
            if (!excerpt.isEmpty() && frame.transport() != Transport.OTHER) {
                y += LINE + 1;
                mono(openLabel(middle), excerpt).text(excerpt).close().line();
            }
            front.close().line();
            y += 10;
        }

        /** Flags and numbers above the arrow, on two lines where one is too short. */
        private void drawLabel(Frame frame, int middle, int room) {
            String kind = Cells.cut(Cells.plain(FrameText.kind(frame), false), room * 10 / BOLD_TENTHS, "…");
            String numbers = Cells.cut(FrameText.numbers(frame), room * 10 / SANS_TENTHS, "…");
            boolean fits = Cells.width(kind) * BOLD_TENTHS + (numbers.length() + 2) * SANS_TENTHS <= room * 10;
            y += 19;
            openLabel(middle)
                    .open("tspan")
                    .with("font-weight", "bold")
                    .text(kind)
                    .close();
            if (fits) {
                front.open("tspan").with("dx", 8).text(numbers).close();
                front.close().line();
                return;
            }
            front.close().line();
            y += LINE;
            openLabel(middle).text(numbers).close().line();
        }

        /** Text on an arrow. Where it may stand on a lifeline as well, paper is drawn around the letters. */
        private Xml openLabel(int middle) {
            if (lifelines.length == 2) {
                return openText(front, middle, y, "middle", "ink", INK);
            }
            openText(front, middle, y, "middle", "ink halo", INK).with("stroke", PAPER);
            return front.with("stroke-width", 5)
                    .with("stroke-linejoin", "round")
                    .with("paint-order", "stroke");
        }

        private void drawNumberAndTime(Frame frame, int at) {
            openText(front, numberEnd, at + 4, "end", "ink", INK);
            String number = Long.toString(frame.number());
            mono(front, number).text(number).close().line();
            openText(front, timeEnd, at + 4, "end", "dim", DIM);
            String time = FrameText.seconds(frame.timeNanos());
            mono(front, time).text(time).close().line();
            front.open("path").with("class", "rule").with("d", "M" + (axis - 3) + " " + at + "h6");
            front.with("stroke", RULE).close().line();
        }

        private void draw(Row.Note note, int paper) {
            Frame frame = note.frame();
            int start = lifelines.length == 0 ? axis + MARGIN : lifelines[0] - 10;
            String text = FrameText.note(frame, "→");
            String shown = Cells.cut(Cells.plain(text, false), (paper - MARGIN - 16 - start) * 10 / SANS_TENTHS, "…");
            front.open("g");
            front.open("title")
                    .text("Frame " + frame.number() + ": " + Cells.plain(text, false))
                    .close()
                    .line();
            front.open("rect").with("class", "box").with("x", start).with("y", y + 5);
            front.with("width", Cells.width(shown) * SANS_TENTHS / 10 + 16)
                    .with("height", 24)
                    .with("rx", 4);
            front.with("fill", BOX).with("stroke", RULE).close().line();
            text(front, start + 8, y + 21, "start", "ink", INK, shown);
            drawNumberAndTime(frame, y + 17);
            front.close().line();
            y += 34;
        }

        /** Time stands still in the picture: between the lines that end and those that go on. */
        private void drawBreak(String text, boolean isPause) {
            drawVerticals(y + 8);
            int height = 24;
            for (int i = -1; i < lifelines.length; i++) {
                int x = i < 0 ? axis : lifelines[i];
                String path = isPause
                        ? "M" + x + " " + (y + 8) + "l5 4l-10 8l10 8l-5 4"
                        : "M" + x + " " + (y + 8) + "v" + height;
                back.open("path")
                        .with("class", "rule")
                        .with("d", path)
                        .with("fill", "none")
                        .with("stroke", RULE);
                if (!isPause) {
                    back.with("stroke-dasharray", "1 4");
                }
                back.close().line();
            }
            int middle = lifelines.length == 0
                    ? axis + 200
                    : lifelines.length == 2 ? (lifelines[0] + lifelines[1]) / 2 : lifelines[0] + BETWEEN_MORE / 2;
            openText(front, middle, y + 24, "middle", "dim", DIM).with("font-style", "italic");
            front.text(text).close().line();
            unbroken = y + 8 + height;
            y += height + 16;
        }

        private void drawVerticals(int end) {
            for (int i = -1; i < lifelines.length; i++) {
                int x = i < 0 ? axis : lifelines[i];
                int start = i < 0 ? Math.max(unbroken, axisTop) : unbroken;
                back.open("path").with("class", "rule").with("d", "M" + x + " " + start + "V" + end);
                back.with("stroke", RULE)
                        .with("stroke-width", i < 0 ? "1" : "1.5")
                        .close()
                        .line();
            }
        }

        private void changeBand(Frame frame, int paper) {
            Phase phase = frame.transport() == Transport.TCP ? frame.phase() : Phase.DATA;
            if (phase != band) {
                endBand(paper);
                band = phase;
                bandTop = y;
            }
        }

        private void endBand(int paper) {
            if (band != Phase.DATA) {
                boolean opens = band == Phase.HANDSHAKE;
                bands.open("rect").with("class", opens ? "handshake" : "close");
                bands.with("x", MARGIN).with("y", bandTop + 1).with("rx", 4);
                bands.with("width", paper - 2 * MARGIN).with("height", bandBottom - bandTop - 2);
                bands.with("fill", opens ? "#e2f3ec" : "#f8e9f1").with("stroke", opens ? GREEN : PURPLE);
                bands.close().line();
                openText(
                        bands,
                        paper - MARGIN - 12,
                        bandTop + 22,
                        "end",
                        opens ? "opened" : "closed",
                        opens ? "#005c43" : "#863463");
                bands.with("font-weight", "bold")
                        .text(opens ? "handshake" : "close")
                        .close()
                        .line();
            }
            band = Phase.DATA;
        }

        private String tip(Row.Arrow arrow) {
            Frame frame = arrow.frame();
            StringBuilder text =
                    new StringBuilder("Frame ").append(frame.number()).append(", ");
            if (frame.timeNanos() != Frame.NO_TIME) {
                FrameText.appendSeconds(text, frame.timeNanos());
                text.append(" s, ");
            }
            text.append(end(arrow.from())).append(" → ").append(end(arrow.to())).append(": ");
            text.append(FrameText.kind(frame)).append(' ');
            FrameText.appendNumbers(text, frame, true);
            String marks = FrameText.marks(frame);
            if (!marks.isEmpty()) {
                text.append(" [").append(marks).append(']');
            }
            return Cells.plain(text.toString(), false);
        }

        private String end(int i) {
            Ladder.Lifeline lifeline = ladder.lifelines().get(i);
            return lifeline.role().isEmpty() ? lifeline.address() : lifeline.role() + " " + lifeline.address();
        }
    }
}
