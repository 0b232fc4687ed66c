package netlabs.capture.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of a JSON document and their types: as the tables of docs/capture-json.md have them, and as an output has
 * them. A field is named by its path, {@code tcp[].client.port}. A heading names the objects whose fields are in the
 * tables behind it; a heading without such a name is of the document itself.
 */
final class JsonSchema {
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern ROW =
            Pattern.compile("\\| `([^`]+)` \\| ((?:number|string|boolean|object|array)(?: or null)?) \\| .*\\|");

    /** Their fields are kinds of frames: words, of which there are always more. */
    private static final String FREE = "otherFrames";

    private JsonSchema() {}

    /** From path to type. */
    static SortedMap<String, String> documented(Path document) throws IOException {
        SortedMap<String, String> fields = new TreeMap<>();
        List<String> objects = List.of("");
        for (String line : Files.readAllLines(document)) {
            if (line.startsWith("#")) {
                objects = objects(line);
            }
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                for (String object : objects) {
                    fields.put(object + row.group(1), row.group(2));
                }
            }
        }
        return fields;
    }

    private static List<String> objects(String heading) {
        List<String> objects = new ArrayList<>();
        for (Matcher quoted = QUOTED.matcher(heading); quoted.find(); ) {
            objects.add(quoted.group(1) + ".");
        }
        return objects.isEmpty() ? List.of("") : objects;
    }

    /** Adds the types that the fields of {@code document} have to {@code types}, by their paths. */
    static void addFields(JsonNode document, Map<String, TreeSet<String>> types) {
        addFields("", document, types);
    }

    private static void addFields(String prefix, JsonNode object, Map<String, TreeSet<String>> types) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String path = prefix + field.getKey();
            JsonNode value = field.getValue();
            types.computeIfAbsent(path, unknown -> new TreeSet<>())
                    .add(value.getNodeType().name().toLowerCase(Locale.ROOT));
            if (value.isObject() && !path.equals(FREE)) {
                addFields(path + ".", value, types);
            }
            for (JsonNode element : value.isArray() ? value : List.<JsonNode>of()) {
                addFields(path + "[].", element, types);
            }
        }
    }

    /** All numbers anywhere in {@code node}. */
    static List<JsonNode> numbers(JsonNode node) {
        List<JsonNode> numbers = new ArrayList<>();
        if (node.isNumber()) {
            numbers.add(node);
        }
        for (JsonNode child : node) {
            numbers.addAll(numbers(child));
        }
        return numbers;
    }
}
