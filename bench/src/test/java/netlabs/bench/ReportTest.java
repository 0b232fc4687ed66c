package netlabs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import netlabs.common.LabException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    private Path folder;

    private static Report<LoadFigures, LoadSummary> report() {
        List<Sample<LoadFigures>> samples = List.of(
                new Sample<>(1, "", 64, "epoll-c", new LoadFigures(2000, 2, 1000, 60, 90, 1.9, 1.98, 0.01, 0, 0), null),
                new Sample<>(1, "", 64, "selector", null, "it died"));
        return new Report<>(
                "echo",
                "2026-01-01T00:00:00Z",
                new Machine(2, "a processor", "Linux 6", "amd64", List.of("17.0.15")),
                Map.of("rounds", 1),
                List.of(Contestant.peer("epoll-c", List.of("epoll_echo", "0"))),
                "connections",
                samples,
                LoadSummary.of(samples));
    }

    @Test
    void theFileHasMachineCommandsEveryRoundAndTheSummary() throws Exception {
        Path file = folder.resolve("new/echo.json");
        report().write(file);
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.path("suite").asText()).isEqualTo("echo");
        assertThat(json.path("machine").path("processors").asInt()).isEqualTo(2);
        assertThat(json.path("machine").path("jdks").path(0).asText()).isEqualTo("17.0.15");
        assertThat(json.path("contestants").path(0).path("command").path(0).asText())
                .isEqualTo("epoll_echo");
        JsonNode first = json.path("samples").path(0);
        assertThat(first.path("figures").path("per_second").asDouble()).isEqualTo(1000);
        assertThat(first.path("figures").path("p99_us").asInt()).isEqualTo(90);
        assertThat(first.path("figures").path("server_cpu_seconds").asDouble()).isEqualTo(1.98);
        assertThat(first.path("failure").isNull()).isTrue();
        JsonNode second = json.path("samples").path(1);
        assertThat(second.path("figures").isNull()).isTrue();
        assertThat(second.path("failure").asText()).isEqualTo("it died");
        JsonNode summary = json.path("summary").path(0);
        assertThat(summary.path("per_second").path("median").asDouble()).isEqualTo(1000);
        assertThat(summary.path("ratios").path("epoll-c").asDouble()).isEqualTo(1);
    }

    @Test
    void theLineOfAGeneratorIsRead() throws Exception {
        String line = "{\"round_trips\": 10, \"seconds\": 0.5, \"per_second\": 20.0, \"p50_us\": 1, \"p99_us\": 2,"
                + " \"generator_cpu_seconds\": 0.25, \"server_cpu_seconds\": 0.5, \"others_cpu_seconds\": 0.1, \"starved\": 3, \"lost\": 4}\n";
        LoadFigures figures = Json.MAPPER.readValue(line, LoadFigures.class);
        assertThat(figures).isEqualTo(new LoadFigures(10, 0.5, 20, 1, 2, 0.25, 0.5, 0.1, 3, 4));
        assertThat(figures.generatorShare()).isEqualTo(0.5);
        assertThat(figures.serverShare()).isEqualTo(1);
    }

    @Test
    void aFileThatCannotBeWrittenIsSaid() {
        assertThatThrownBy(() -> report().write(Path.of("/proc/no/echo.json")))
                .isInstanceOf(LabException.class)
                .hasMessageStartingWith("cannot write /proc/no/echo.json");
    }
}
