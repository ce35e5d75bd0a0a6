package io.portico.gateway.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** The public test suite of draft-04, optional cases included. */
final class Draft4SuiteTest {
  /** Cases that do not hold, and why. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "optional/format/uri.json: validation of URIs: non-numeric port is invalid",
          "the validator takes what java.net.URI takes as a registry-based authority",
          "optional/format/uri.json: validation of URIs: leading zero in an embedded IPv4 address"
              + " is invalid",
          "the same");

  @TestFactory
  Stream<DynamicTest> suite() throws IOException {
    Path suite = folder();
    Map<String, String> remotes = remotes(suite.resolve("remotes"));
    List<DynamicTest> tests = new ArrayList<>();
    for (Path file : files(suite)) {
      String name = suite.relativize(file).toString();
      if (!name.startsWith("remotes")) {
        addTests(name, Json.parse(Files.readString(file)), remotes, tests);
      }
    }
    assertThat(tests).hasSizeGreaterThan(500);
    return tests.stream();
  }

  private static void addTests(
      String file, JsonNode groups, Map<String, String> remotes, List<DynamicTest> tests) {
    for (JsonNode group : groups) {
      for (JsonNode test : group.get("tests")) {
        String name =
            file
                + ": "
                + group.get("description").stringValue()
                + ": "
                + test.get("description").stringValue();
        if (!EXCEPTIONS.containsKey(name)) {
          tests.add(dynamicTest(name, () -> check(name, group.get("schema"), test, remotes)));
        }
      }
    }
  }

  private static void check(
      String name, JsonNode schema, JsonNode test, Map<String, String> remotes) {
    JsonSchema compiled =
        JsonSchema.compile("http://localhost:1234/root.json", Json.text(schema), remotes);

    List<String> problems = compiled.validate(test.get("data"), Carrier.UNSHARED);

    assertThat(problems.isEmpty())
        .as("%s: %s", name, problems)
        .isEqualTo(test.get("valid").booleanValue());
    assertThat(problems).allMatch(Draft4SuiteTest::isOfAwsValidator);
  }

  /** Whether the text is of a keyword, and not one for what cannot be judged or told. */
  private static boolean isOfAwsValidator(String text) {
    return !text.startsWith("the ")
        && !text.startsWith("a number")
        && !text.contains("the keyword");
  }

  private static Map<String, String> remotes(Path folder) throws IOException {
    Map<String, String> remotes = new TreeMap<>();
    for (Path file : files(folder)) {
      remotes.put("http://localhost:1234/" + folder.relativize(file), Files.readString(file));
    }
    return remotes;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static Path folder() {
    URL licence =
        Objects.requireNonNull(Draft4SuiteTest.class.getResource("/json-schema-draft4/LICENSE"));
    return Objects.requireNonNull(Path.of(URI.create(licence.toString())).getParent());
  }
}
