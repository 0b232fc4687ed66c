package netlabs.filetransfer;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import netlabs.common.console.Console;
import netlabs.common.console.Printable;
import netlabs.common.console.Terminals;

/** A progress bar on standard error, where that is a terminal; it goes away with the file. */
final class ProgressDisplay {
    private ProgressDisplay() {}

    /**
     * @param size in bytes; -1 where it is not known
     */
    static Progress of(Console console, String name, long start, long size) {
        return Terminals.showsErrors(console) ? new Bar(console, name, start, size) : Progress.NONE;
    }

    private static final class Bar implements Progress {
        private static final int REFRESH_MILLIS = 200;
        private static final int MEBI = 1 << 20;

        private final ProgressBar bar;

        Bar(Console console, String name, long start, long size) {
            bar = new ProgressBarBuilder()
                    .setTaskName(Printable.escape(name))
                    .setInitialMax(size)
                    .startsFrom(start, java.time.Duration.ZERO)
                    .setUnit(" MiB", MEBI)
                    .showSpeed()
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(REFRESH_MILLIS)
                    .continuousUpdate() // also where it stalls, and its first line may be of two moments
                    .setConsumer(new Line(console))
                    .build();
        }

        @Override
        public void reached(long position) {
            bar.stepTo(position);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** The last line of the terminal. */
    private static final class Line implements ProgressBarConsumer {
        private static final int COLUMNS = 79;

        private final Console console;

        Line(Console console) {
            this.console = console;
        }

        @Override
        public int getMaxRenderedLength() {
            return COLUMNS;
        }

        @Override
        public void accept(String rendered) {
            if (Terminals.isInForeground()) {
                console.err().status(rendered);
            }
        }

        @Override
        public void close() {
            console.err().status("");
        }
    }
}
