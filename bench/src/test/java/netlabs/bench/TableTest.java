package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import netlabs.common.testing.TestConsole;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAreAsWideAsTheyNeedToBe() {
        Table table = new Table("who", "median/s", "to c");
        table.add("epoll-c", "186,322", "1.00");
        table.add("selector (2 failed)", "1,172,427", "0.93");
        table.add("thread", "missing");
        assertThat(printed(table)).isEqualTo("""
                who                    median/s   to c
                epoll-c                 186,322   1.00
                selector (2 failed)   1,172,427   0.93
                thread                  missing
                """);
    }

    @Test
    void aTableWithoutRowsIsItsHeadings() {
        assertThat(printed(new Table("a", "b"))).isEqualTo("a   b\n");
    }

    private static String printed(Table table) {
        TestConsole console = new TestConsole();
        table.print(console.console().out());
        return console.out();
    }
}
