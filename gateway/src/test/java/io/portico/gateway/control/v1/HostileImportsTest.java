package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Definitions whose references and aliases go in circles or multiply, in every way in which they
 * can be imported: each becomes an API, of which everything can be made, or is refused.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileImportsTest {
  private final TriedApi api = new TriedApi();

  static Stream<String> definitions() {
    String circle =
        """
        swagger: '2.0'
        info: {title: t}
        definitions:
          A: {properties: {b: {$ref: '#/definitions/B'}}}
          B: {allOf: [{$ref: '#/definitions/A'}, {$ref: '#/definitions/B'}]}
          C: {$ref: '#/definitions/D'}
          D: {$ref: '#/definitions/C'}
        paths:
          /a:
            $ref: '#/paths/~1b'
          /b:
            $ref: '#/paths/~1a'
          /c:
            post:
              parameters: [{in: body, name: b, schema: {$ref: '#/definitions/A'}}]
              responses: {200: {$ref: '#/responses/R'}, 400: {schema: {$ref: '#/definitions/C'}}}
        responses: {R: {$ref: '#/responses/R'}}
        parameters: {P: {$ref: '#/parameters/P'}}
        """;
    return Stream.of(
        circle,
        circle
            .replace("/a:\n    $ref: '#/paths/~1b'", "/a: {}")
            .replace("{$ref: '#/paths/~1a'}", ""),
        """
        openapi: 3.0.1
        info: {title: t}
        components:
          schemas:
            A: {properties: {b: {$ref: '#/components/schemas/B'}}}
            B: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}
          requestBodies: {Q: {content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}
        paths:
          /c:
            post:
              requestBody: {$ref: '#/components/requestBodies/Q'}
              responses: {200: {content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}}
        """,
        "swagger: '2.0'\ninfo: {title: t}\ndefinitions:\n" + multiplyingDefinitions(),
        "swagger: '2.0'\ninfo: {title: t}\npaths: &p\n  /a: {get: &g {responses: {200: {schema: *g}}}}\n",
        "swagger: '2.0'\ninfo: &i {title: t, x: *i}\npaths: {}\n",
        "swagger: '2.0'\ninfo: {title: t}\n<<: &a {<<: *a}\n");
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void referencesInCirclesAreAnApiOrARefusal(String document) {
    api.importInEveryWay(document);
  }

  @Test
  void aliasesThatMultiplyDocumentNothing() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i));
      bomb.append("*a%d, ".formatted(i - 1).repeat(9)).append("*a%d]\n".formatted(i - 1));
    }
    String head = "swagger: '2.0'\ninfo: {title: t}\n";
    List<String> bombs =
        List.of(
            head + bomb,
            head
                + bomb
                + "x-amazon-apigateway-documentation:\n  documentationParts:\n"
                + "  - {location: {type: API}, properties: {info: *a11}}\n",
            bomb.toString());

    for (String document : bombs) {
      for (String mode : List.of("merge", "overwrite")) {
        for (String operation : List.of("ImportDocumentationParts", "PutRestApi")) {
          assertThat(api.attempt(operation, TriedApi.body(api.named(), document).put("mode", mode)))
              .as("%s in mode %s", operation, mode)
              .isFalse();
        }
      }
    }
  }

  private static String multiplyingDefinitions() {
    StringBuilder yaml = new StringBuilder("  D0: {type: object}\n");
    for (int i = 1; i < 20; i++) {
      String before = "{$ref: '#/definitions/D%d'}".formatted(i - 1);
      yaml.append("  D%d: {properties: {a: %2$s, b: %2$s, c: %2$s}}\n".formatted(i, before));
    }
    return yaml.toString();
  }
}
