package netlabs.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Property;
import netlabs.common.testing.LabJar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** {@code docs/http-conformance.md} promises nothing that is not tested. */
class ConformanceTableTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+)\\.(\\w+)`");

    /** The cells of each row, without headings. */
    private static List<String[]> rows() throws IOException {
        List<String[]> rows = new ArrayList<>();
        for (String line :
                Files.readAllLines(LabJar.samples().resolveSibling("docs").resolve("http-conformance.md"))) {
            if (line.startsWith("|") && !line.startsWith("|---") && !line.startsWith("| Rule |")) {
                rows.add(line.substring(1, line.length() - 1).split("\\|"));
            }
        }
        return rows;
    }

    private static boolean isTest(Method method) {
        return method.isAnnotationPresent(Test.class)
                || method.isAnnotationPresent(ParameterizedTest.class)
                || method.isAnnotationPresent(Property.class);
    }

    private static boolean exists(String className, String methodName) {
        try {
            Class<?> test = Class.forName("netlabs.http." + className);
            return Arrays.stream(test.getDeclaredMethods())
                    .anyMatch(method -> method.getName().equals(methodName) && isTest(method));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    @Test
    void everyRuleHasTestsThatExist() throws IOException {
        List<String> missing = new ArrayList<>();
        for (String[] row : rows()) {
            assertThat(row).as(String.join("|", row)).hasSize(4).noneMatch(String::isBlank);
            Matcher tests = TEST.matcher(row[3]);
            int count = 0;
            while (tests.find()) {
                count++;
                if (!exists(tests.group(1), tests.group(2))) {
                    missing.add(tests.group());
                }
            }
            assertThat(count).as("tests of: " + row[0]).isPositive();
            assertThat(row[3].replaceAll(TEST.pattern(), ""))
                    .as("between the tests")
                    .matches("[ ,]*");
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void noRuleStandsThereTwice() throws IOException {
        assertThat(rows().stream().map(row -> row[0] + row[2]))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(50);
    }
}
