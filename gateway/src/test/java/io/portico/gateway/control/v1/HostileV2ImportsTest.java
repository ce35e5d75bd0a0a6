package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.protocol.GeneratedRequest;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAPI documents that nobody honest imports as an HTTP API, in every way in which that is done:
 * each becomes an API, which is deployed, exported, and imported from what it was exported as, or
 * is refused and has changed nothing.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileV2ImportsTest {
  private static final String HEAD = "openapi: 3.0.1\ninfo: {title: t, version: v}\n";
  private static final int MUTATIONS = 300;
  private static final int DEEP = 10_000;
  private static final int LONG = 5 << 20;

  private final HostilePlane plane = new HostilePlane();
  private final Random random = new Random(GeneratedRequest.SEED);
  private final String api =
      call("CreateApi", Json.object().put("name", "a").put("protocolType", "HTTP"))
          .get("apiId")
          .asString();

  private ObjectNode call(String operation, ObjectNode input) {
    return plane.control.callV2(operation, input);
  }

  private static String document() throws IOException {
    String resource = "/hostile/http-api.openapi.yaml";
    try (InputStream in =
        Objects.requireNonNull(HostileV2ImportsTest.class.getResourceAsStream(resource))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The answer of a call, or null where it is refused and has changed nothing. */
  private @Nullable ObjectNode attempt(String operation, ObjectNode input, String what) {
    Object before = plane.control.store.state();
    int published = plane.published();
    try {
      return call(operation, input);
    } catch (ServiceException refusal) {
      assertThat(refusal.status()).as("%s: %s", what, refusal.text()).isBetween(400, 499);
      assertThat(refusal.text()).as(what).isNotBlank().hasSizeLessThan(200_000);
      assertThat(plane.control.store.isAt(before)).as("%s: %s", what, operation).isTrue();
      assertThat(plane.published()).as("%s: %s", what, operation).isEqualTo(published);
      return null;
    } catch (RuntimeException | StackOverflowError bug) {
      throw new AssertionError(operation + ": " + what, bug);
    }
  }

  /** Whether a document is imported in any of the ways there are. */
  private boolean isImported(String document, String what) {
    Object before = plane.control.store.state();
    boolean imported = false;
    for (String basePath : List.of("ignore", "prepend", "split")) {
      for (boolean failOnWarnings : List.of(false, true)) {
        ObjectNode input =
            Json.object()
                .put("body", document)
                .put("Basepath", basePath)
                .put("FailOnWarnings", failOnWarnings);
        ObjectNode made = attempt("ImportApi", input, what);
        if (made != null) {
          makeAllOf(made.get("apiId").asString(), what);
          imported = true;
        }
        ObjectNode remade = attempt("ReimportApi", input.put("ApiId", api), what);
        assertThat(remade == null).as(what).isEqualTo(made == null);
        if (remade != null) {
          makeAllOf(api, what);
        }
        plane.control.store.restore(before);
      }
    }
    return imported;
  }

  private void makeAllOf(String made, String what) {
    ObjectNode stage =
        Json.object().put("ApiId", made).put("stageName", "s").put("autoDeploy", true);
    ObjectNode served = attempt("CreateStage", stage, what);
    assertThat(served).as("%s: a stage", what).isNotNull();
    boolean deployed = served != null && served.has("deploymentId");
    for (String stageName : deployed ? List.of("", "s") : List.of("")) {
      for (boolean extensions : List.of(false, true)) {
        for (String type : List.of("YAML", "JSON")) {
          ObjectNode export =
              Json.object()
                  .put("ApiId", made)
                  .put("Specification", "OAS30")
                  .put("OutputType", type)
                  .put("IncludeExtensions", extensions);
          if (!stageName.isEmpty()) {
            export.put("StageName", stageName);
          }
          ObjectNode exported = attempt("ExportApi", export, what);
          assertThat(exported).as("%s: an export", what).isNotNull();
          if (exported != null) {
            String body = new String(exported.get("body").binaryValue(), StandardCharsets.UTF_8);
            ObjectNode imported =
                attempt("ImportApi", Json.object().put("body", body), what + " as " + body);
            // Without its authorizers a document asks for what is not there.
            assertThat(imported != null || !extensions)
                .as("%s: imported from %s", what, body)
                .isTrue();
          }
        }
      }
    }
  }

  private static String integration(String integration) {
    return HEAD
        + "paths: {/a: {get: {responses: {}, x-amazon-apigateway-integration: %s}}}\n"
            .formatted(integration);
  }

  private static String components(String components) {
    return HEAD + "paths: {/a: {get: {security: [{a: []}]}}}\ncomponents: " + components + "\n";
  }

  static Stream<String> documents() {
    return Stream.of(
        "",
        " ",
        "\u0000",
        "null",
        "[]",
        "{",
        "openapi",
        "openapi: 3.0.1",
        "openapi: 4.0.0\ninfo: {title: t}\npaths: {}",
        "openapi: {}\ninfo: []\npaths: 1",
        "swagger: '2.0'\ninfo: {title: t}\npaths: {}",
        HEAD,
        HEAD + "paths: []",
        HEAD + "paths: {a: {}}",
        HEAD + "paths: {'': {get: {}}}",
        HEAD + "paths: {/: 1}",
        HEAD + "paths: {/a: {get: []}}",
        HEAD + "paths: {/../a: {get: {}}}",
        HEAD + "paths: {'/a b': {get: {}}}",
        HEAD + "paths: {'/{a}/{a}': {get: {}}}",
        HEAD + "paths: {'/{a+}/b': {get: {}}}",
        HEAD + "paths: {/a: {get: {}}, /a: {get: {}}}",
        HEAD + "paths: {\"/\\u0000\": {get: {}}}",
        HEAD + "paths: {\"/\\uD800\": {get: {}}}",
        HEAD + "paths: {/$default: {get: {}}}",
        HEAD + "paths: {/a: {$ref: '#/paths/~1b'}, /b: {$ref: '#/paths/~1a'}}",
        HEAD + "paths: {/a: {$ref: 'https://elsewhere.test/a.yaml'}}",
        HEAD + "paths: {/a: {$ref: 'file:///etc/passwd'}}",
        HEAD + "servers: [{url: '{a}', variables: {a: {default: '{a}'}}}]\npaths: {/a: {get: {}}}",
        HEAD + "servers: [{url: '://'}]\npaths: {/a: {get: {}}}",
        HEAD + "servers: [1, {url: []}]\npaths: {/a: {get: {}}}",
        HEAD + "security: [{nobody: [x]}]\npaths: {/a: {get: {}}}",
        HEAD + "tags: [{name: [], x-amazon-apigateway-tag-value: {}}]\npaths: {/a: {get: {}}}",
        HEAD + "tags: [{name: 'aws:a', x-amazon-apigateway-tag-value: b}]\npaths: {/a: {get: {}}}",
        HEAD + "x-amazon-apigateway-cors: []\npaths: {/a: {get: {}}}",
        HEAD + "x-amazon-apigateway-cors: {allowOrigins: '*', maxAge: x}\npaths: {/a: {get: {}}}",
        HEAD + "x-amazon-apigateway-cors: {allowHeaders: [\"a\\r\\nb\"]}\npaths: {/a: {get: {}}}",
        integration("[]"),
        integration("{type: []}"),
        integration("{type: mock}"),
        integration("{type: http_proxy, httpMethod: [], uri: {}}"),
        integration("{type: http_proxy, httpMethod: GET, uri: 'http://[::1'}"),
        integration(
            "{type: http_proxy, httpMethod: GET, uri: 'https://a.test', timeoutInMillis: 1e400}"),
        integration(
            "{type: http_proxy, httpMethod: GET, uri: 'https://a.test', requestParameters: []}"),
        integration(
            "{type: http_proxy, httpMethod: GET, uri: 'https://a.test', responseParameters: {200: 1}}"),
        integration(
            "{type: http_proxy, httpMethod: GET, uri: 'https://a.test', requestParameters:"
                + " {\"append:header.a\\r\\nb\": \"\\r\\nc\"}}"),
        integration("{$ref: '#/paths/~1a/get/x-amazon-apigateway-integration'}"),
        integration("{$ref: '#/components/x-amazon-apigateway-integrations/nothing'}"),
        components("{securitySchemes: []}"),
        components("{securitySchemes: {a: 1}}"),
        components("{securitySchemes: {a: {$ref: '#/components/securitySchemes/a'}}}"),
        components("{securitySchemes: {a: {type: oauth2, x-amazon-apigateway-authorizer: []}}}"),
        components(
            "{securitySchemes: {a: {type: oauth2, x-amazon-apigateway-authorizer: {type: jwt,"
                + " jwtConfiguration: {audience: {}, issuer: []}, identitySource: {}}}}}"),
        components(
            "{x-amazon-apigateway-integrations: {a: {$ref: '#/components/x-amazon-apigateway-integrations/b'},"
                + " b: {$ref: '#/components/x-amazon-apigateway-integrations/a'}}}"),
        HEAD + "paths: &p {/a: {get: &g {x: *g, y: *p}}}",
        "openapi: 3.0.1\ninfo: &i {title: t, x: *i}\npaths: {}",
        HEAD + "<<: &a {<<: *a}\npaths: {}",
        HEAD + "paths: !!java.net.URL {/a: {get: {}}}",
        HEAD + "paths: {}\n---\nopenapi: 3.0.1",
        HEAD + "paths: {/a: {get: {}}}\nx: " + "9".repeat(100_000),
        HEAD + "paths: {/a: {get: {}}}\nx: 1e999999999");
  }

  @ParameterizedTest
  @MethodSource("documents")
  void aDocumentIsAnApiOrARefusal(String document) {
    boolean _ = isImported(document, document.substring(0, Math.min(200, document.length())));
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
    StringBuilder yaml = new StringBuilder(HEAD).append("paths:\n");
    for (int i = 0; i < count; i++) {
      yaml.append("  /p").append(i).append(": {get: {}}\n");
    }
    return yaml.toString();
  }

  static Stream<String> bombs() {
    return Stream.of(
        HEAD + aliases() + "paths: {/a: {get: {x: *a11}}}\n",
        HEAD + aliases() + "paths: {/a: {get: {x-amazon-apigateway-integration: *a11}}}\n",
        HEAD + "x: " + "[".repeat(DEEP),
        HEAD + "paths: {/a: " + "{get: ".repeat(DEEP) + "}".repeat(DEEP) + "}",
        "{\"openapi\": \"3.0.1\", \"paths\": "
            + "{\"a\":".repeat(DEEP)
            + "1"
            + "}".repeat(DEEP)
            + "}",
        HEAD + "paths: {'" + "/a".repeat(LONG / 2) + "': {get: {}}}",
        "openapi: 3.0.1\ninfo: {title: " + "t".repeat(LONG) + "}\npaths: {/a: {get: {}}}",
        HEAD + "paths: {/a: {get: {operationId: " + "o".repeat(LONG) + "}}}",
        paths(20_001),
        paths(100_000));
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void aDocumentThatIsTooMuchIsRefused(String document) {
    assertThat(isImported(document, document.substring(0, 100))).isFalse();
  }

  @Test
  void theHonestDocumentIsImported() throws IOException {
    assertThat(isImported(document(), "as it is")).isTrue();
  }

  @Test
  void aMutatedDocumentIsAnApiOrARefusal() throws IOException {
    String honest = document();
    int imported = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      JsonNode tree = Yaml.parse(honest);
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        mutate(tree);
      }
      String mutated = Json.text(tree);
      imported +=
          isImported(mutated, "-Dportico.seed=%d, %s".formatted(GeneratedRequest.SEED, mutated))
              ? 1
              : 0;
    }
    assertThat(imported).isBetween(MUTATIONS / 20, MUTATIONS - 1);
  }

  private static final List<String> STRANGE =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1e400",
          "[]",
          "[null]",
          "{}",
          "\"\"",
          "\"x\"",
          "\"/\"",
          "\"#\"",
          "{\"$ref\": \"#\"}",
          "{\"$ref\": \"#/paths/~1signed\"}",
          "{\"$ref\": \"#/components/securitySchemes/people\"}",
          "[[[]]]",
          "\"\\r\\n\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"ANY\"",
          "\"{proxy+}\"",
          "\"$default\"",
          "\"$request.body\"",
          "\"${stageVariables.a}\"",
          "123456789012345678901234567890",
          "{\"type\": \"http_proxy\"}");

  private void mutate(JsonNode root) {
    List<JsonNode> containers = new ArrayList<>();
    collect(root, containers);
    JsonNode target = containers.get(random.nextInt(containers.size()));
    JsonNode value =
        random.nextInt(3) > 0
            ? strange()
            : containers.get(random.nextInt(containers.size())).deepCopy();
    if (target instanceof ObjectNode object && !object.isEmpty()) {
      List<String> names = List.copyOf(object.propertyNames());
      String name = names.get(random.nextInt(names.size()));
      switch (random.nextInt(4)) {
        case 0 -> object.remove(name);
        case 1, 2 -> object.set(name, value);
        default -> object.set(strange().asString("k"), object.remove(name));
      }
    } else if (target instanceof ArrayNode array) {
      array.add(value);
    }
  }

  private JsonNode strange() {
    return Json.parse(STRANGE.get(random.nextInt(STRANGE.size())));
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainer()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }
}
