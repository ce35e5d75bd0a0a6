package io.portico.gateway.control.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import io.portico.gateway.model.DocumentationVersionRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a stranger sends is an API or a refusal, and costs what its size allows. */
final class HostileDocumentsTest {
  private static final String HEAD = "swagger: '2.0'\ninfo: {title: t}\n";
  private static final int MUTATIONS = 500;

  /** As one of the documents names VPC endpoints. */
  private static final ImportOptions PRIVATE =
      new ImportOptions(false, ImportOptions.BasePathMode.IGNORE, List.of("PRIVATE"), false, 0);

  static Stream<byte[]> bombs() {
    return Stream.of(
        utf8(HEAD + aliases()),
        utf8(HEAD + "paths: {'" + "/a".repeat(2_000_000) + "': {}}"),
        utf8(
            "{\"swagger\": \"2.0\", \"info\": {\"title\": \"t\"}, \"paths\": {\""
                + "/a".repeat(2_000_000)
                + "\": {}}}"),
        utf8(HEAD + paths(20_001)),
        utf8(HEAD + "x: " + "[".repeat(1_000_000)),
        utf8("{\"a\":".repeat(1_000_000)),
        utf8(HEAD + sharedByAll("produces: [" + "a/b,".repeat(200_000) + "c/d]", "schema: {}")),
        utf8(HEAD + pathsThatAreOne()),
        utf8(HEAD + sharedSecurity()),
        utf8(HEAD + integrationShared()),
        utf8(
            HEAD
                + sharedByAll(
                    "responses: {R: {description: '" + "d".repeat(100_000) + "'}}",
                    "$ref: '#/responses/R'")),
        utf8(HEAD + partsThatSayTheSame()),
        new byte[OpenApiImporter.MAX_BYTES + 1]);
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void aSmallDocumentThatDescribesTooMuchIsRefused(byte[] document) {
    assertThatThrownBy(() -> importNew(document))
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> {
              assertThat(e.status()).isEqualTo(400);
              assertThat(e.text()).startsWith("Invalid OpenAPI input. ").hasSizeLessThan(2_000);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u0000",
        "null",
        "[]",
        "{",
        "\"swagger\"",
        "swagger",
        "{\"swagger\": {}}",
        "{\"swagger\": \"2.0\", \"info\": \"x\"}",
        "{\"swagger\": \"2.0\", \"info\": {\"title\": []}}",
        "{\"openapi\": \"3.0.1\", \"info\": {\"title\": \"t\"}, \"servers\": {}}",
        "{\"openapi\": \"3.0.1\", \"info\": {\"title\": \"t\"}, \"servers\": [1]}",
        "{\"openapi\": \"3.0.1\", \"info\": {\"title\": \"t\"}, \"security\": {\"a\": []}}",
        "{\"openapi\": \"3.0.1\", \"info\": {\"title\": \"t\"}, \"security\": [{\"a\": 1}]}",
        "{\"openapi\": \"3.0.1\", \"info\": {\"title\": \"t\"}, \"paths\": {\"/\": {\"get\": 1}}}",
        "{\"openapi\": \"3.0.1\", \"info\": {\"title\": \"t\"}, \"components\": {\"schemas\": []}}",
        "swagger: '2.0'\ninfo: !!java.net.URL {title: t}",
        "swagger: '2.0'\n\tinfo: {title: t}",
      })
  void whatIsNoDocumentIsRefused(String document) {
    assertThatThrownBy(() -> importNew(utf8(document)))
        .isInstanceOf(ServiceException.class)
        .hasMessageStartingWith("Invalid OpenAPI input. ");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    assertThatThrownBy(() -> importNew(new byte[] {'{', (byte) 0xc3, '}'}))
        .hasMessage("Invalid OpenAPI input. The document is not UTF-8");
  }

  @Test
  void aByteOrderMarkIsPassedOver() {
    assertThat(importNew(utf8('\uFEFF' + HEAD)).definition().api().name()).isEqualTo("t");
  }

  @Test
  void aDocumentWrongInManyPlacesIsAnsweredBriefly() {
    StringBuilder document = new StringBuilder(HEAD).append("paths:\n");
    for (int i = 0; i < 5_000; i++) {
      document.append("  '/bad part ").append(i).append("': {}\n");
    }

    assertThatThrownBy(() -> importNew(utf8(document.toString())))
        .hasMessageStartingWith("Errors found during import:\n\t")
        .satisfies(e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1_001));
  }

  @ParameterizedTest
  @ValueSource(strings = {"petstore.yaml", "orders.json", "library.yaml", "documented.json"})
  void aMutatedTextIsAnApiOrARefusal(String name) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] original = TestApis.document(name);
    for (int i = 0; i < MUTATIONS; i++) {
      tryOut(mutated(original, random), seed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"petstore.yaml", "orders.json", "library.yaml", "documented.json"})
  void aMutatedTreeIsAnApiOrARefusal(String name) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String original = new String(TestApis.document(name), StandardCharsets.UTF_8);
    for (int i = 0; i < MUTATIONS; i++) {
      JsonNode tree = Yaml.parse(original);
      int changes = 1 + random.nextInt(4);
      for (int change = 0; change < changes; change++) {
        mutate(tree, random);
      }
      tryOut(Json.bytes(tree), seed);
    }
  }

  private static void tryOut(byte[] document, long seed) {
    String text = new String(document, StandardCharsets.UTF_8);
    try {
      ImportResult imported = importNew(document);
      for (String type : List.of("swagger", "oas30")) {
        String exported = exported(imported, type);
        if (exported != null) {
          importNew(utf8(exported));
        }
      }
    } catch (ServiceException e) {
      assertThat(e.status()).as("seed %d, %s", seed, text).isEqualTo(400);
    } catch (RuntimeException | StackOverflowError e) {
      fail("seed " + seed + ", " + text, e);
    }
  }

  private static @Nullable String exported(ImportResult imported, String type) {
    try {
      return OpenApiExporter.export(
              imported.definition(),
              TestApis.stage("s"),
              new DocumentationVersionRecord("1", null, TestApis.NOW, imported.documentation()),
              type,
              null,
              Map.of("extensions", "apigateway"))
          .body();
    } catch (ServiceException e) {
      assertThat(e.text()).startsWith("Only found non-JSON body models");
      return null;
    }
  }

  private static byte[] mutated(byte[] original, Random random) {
    byte[] bytes = original.clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(bytes.length);
      int length = Math.min(1 + random.nextInt(40), bytes.length - at);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) "{}[]:,\"'#&*!|>-% \n\t0$".charAt(random.nextInt(21));
        case 2 -> bytes = joined(bytes, at, at + length, new byte[0]);
        default -> bytes = joined(bytes, at, at, Arrays.copyOfRange(bytes, at, at + length));
      }
    }
    return bytes;
  }

  private static byte[] joined(byte[] bytes, int from, int to, byte[] middle) {
    byte[] joined = Arrays.copyOf(bytes, bytes.length - (to - from) + middle.length);
    System.arraycopy(middle, 0, joined, from, middle.length);
    System.arraycopy(bytes, to, joined, from + middle.length, bytes.length - to);
    return joined.length == 0 ? new byte[] {'{'} : joined;
  }

  private static void mutate(JsonNode root, Random random) {
    List<JsonNode> containers = new ArrayList<>();
    collect(root, containers);
    JsonNode target = containers.get(random.nextInt(containers.size()));
    JsonNode value =
        random.nextBoolean()
            ? strange(random)
            : containers.get(random.nextInt(containers.size())).deepCopy();
    if (target instanceof ObjectNode object && !object.isEmpty()) {
      List<String> names = List.copyOf(object.propertyNames());
      String name = names.get(random.nextInt(names.size()));
      switch (random.nextInt(3)) {
        case 0 -> object.remove(name);
        case 1 -> object.set(name, value);
        default -> object.set(strange(random).asString("k"), object.remove(name));
      }
    } else if (target instanceof ArrayNode array) {
      array.add(value);
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainer()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private static JsonNode strange(Random random) {
    String[] values = {
      "null",
      "true",
      "0",
      "-1",
      "1e400",
      "[]",
      "{}",
      "\"\"",
      "\"x\"",
      "\"get\"",
      "\"/\"",
      "\"$ref\"",
      "\"#/paths\"",
      "\"#\"",
      "{\"$ref\": \"#\"}",
      "{\"$ref\": \"#/paths/~1\"}",
      "[[[]]]",
      "\"\\n\"",
      "\"ANY\"",
      "\"{proxy+}\"",
      "\"x-amazon-apigateway-any-method\"",
      "{\"type\": \"mock\"}",
      "123456789012345678901234567890",
      "\"method.request.header.\"",
      "\"\\u0000\"",
      "\"*/*\""
    };
    return Json.parse(values[random.nextInt(values.length)]);
  }

  private static ImportResult importNew(byte[] document) {
    return TestApis.importNew(TestApis.importer(), document, PRIVATE);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String aliases() {
    StringBuilder yaml = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      yaml.append("a%d: &a%d [".formatted(i, i));
      yaml.append("*a%d, ".formatted(i - 1).repeat(9)).append("*a%d]\n".formatted(i - 1));
    }
    return yaml.toString();
  }

  private static String paths(int count) {
    StringBuilder yaml = new StringBuilder("paths:\n");
    for (int i = 0; i < count; i++) {
      yaml.append("  /p").append(i).append(": {}\n");
    }
    return yaml.toString();
  }

  /** Something of the document's that every response repeats. */
  private static String sharedByAll(String shared, String response) {
    StringBuilder yaml = new StringBuilder(shared).append("\npaths:\n");
    for (int i = 0; i < 10_000; i++) {
      yaml.append("  /p%d: {get: {responses: {200: {%s}}}}\n".formatted(i, response));
    }
    return yaml.toString();
  }

  /** Paths that all refer to one with many parameters. */
  private static String pathsThatAreOne() {
    StringBuilder yaml = new StringBuilder("paths:\n  /one:\n    parameters:\n");
    for (int i = 0; i < 10_000; i++) {
      yaml.append("    - {name: p%d, in: query}\n".formatted(i));
    }
    yaml.append("    get: {}\n    put: {}\n    post: {}\n");
    for (int i = 0; i < 10_000; i++) {
      yaml.append("  /p%d: {$ref: '#/paths/~1one'}\n".formatted(i));
    }
    return yaml.toString();
  }

  private static String sharedSecurity() {
    StringBuilder yaml = new StringBuilder("paths:\n  /one:\n    get:\n      security:\n");
    for (int i = 0; i < 10_000; i++) {
      yaml.append("      - {k: [a, b]}\n");
    }
    for (int i = 0; i < 10_000; i++) {
      yaml.append("  /p%d: {$ref: '#/paths/~1one'}\n".formatted(i));
    }
    return yaml.toString();
  }

  private static String partsThatSayTheSame() {
    StringBuilder yaml = new StringBuilder("x: &said {description: " + "d".repeat(100_000) + "}\n");
    yaml.append("x-amazon-apigateway-documentation:\n  documentationParts:\n");
    for (int i = 0; i < 10_000; i++) {
      yaml.append("  - {location: {type: MODEL, name: m%d}, properties: *said}\n".formatted(i));
    }
    return yaml.toString();
  }

  private static String integrationShared() {
    StringBuilder yaml =
        new StringBuilder(
            """
            paths:
              /one:
                get:
                  responses: {}
                  x-amazon-apigateway-integration:
                    type: mock
                    requestTemplates:
            """);
    for (int i = 0; i < 10_000; i++) {
      yaml.append("          a/b%d: x\n".formatted(i));
    }
    for (int i = 0; i < 10_000; i++) {
      yaml.append("  /p%d: {$ref: '#/paths/~1one'}\n".formatted(i));
    }
    return yaml.toString();
  }
}
