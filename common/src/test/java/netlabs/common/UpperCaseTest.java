package netlabs.common;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class UpperCaseTest {
    @Test
    void everyCodePointIsMappedAsByString() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String text =
                    new StringBuilder("a").appendCodePoint(c).append("\u03a3").toString();
            if (!UpperCase.of(text).equals(text.toUpperCase(Locale.ROOT))) {
                assertThat(UpperCase.of(text)).as(Integer.toHexString(c)).isEqualTo(text.toUpperCase(Locale.ROOT));
            }
        }
    }

    /** Copying all for each letter shows in what is allocated: gigabytes. */
    @Test
    void lettersThatGrowTakeTimeAsTheirNumber() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        String text = "\u0390".repeat(32_768);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        assertThat(UpperCase.of(text)).isEqualTo("\u0399\u0308\u0301".repeat(32_768));
        assertThat(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
                .isLessThan(50_000_000);
    }
}
