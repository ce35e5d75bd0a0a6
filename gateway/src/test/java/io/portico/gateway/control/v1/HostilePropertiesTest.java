package io.portico.gateway.control.v1;

import io.portico.gateway.json.Json;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Properties of documentation, and members of policies, that are deep, long or of no kind that
 * belongs there. Each is kept or refused, and what has them can be exported.
 */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostilePropertiesTest {
  private final TriedApi api = new TriedApi();

  static Stream<Named<String>> properties() {
    return Stream.of(
            TriedApi.DEPTHS.stream()
                .map(depth -> Named.of("a " + depth + " deep", TriedApi.deep("a", depth))),
            TriedApi.DEPTHS.stream()
                .map(
                    depth ->
                        Named.of(
                            "lists " + depth + " deep",
                            "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}")),
            Stream.of(
                Named.of("a megabyte", "{\"description\":\"" + "d".repeat(1 << 20) + "\"}"),
                Named.of("twice the same", "{\"description\":\"a\",\"description\":\"b\"}"),
                Named.of("half a pair", "{\"description\":\"\\ud800\"}"),
                Named.of("a long number", "{\"a\":" + "9".repeat(100_000) + "}"),
                Named.of("a great exponent", "{\"a\":1e999999999}"),
                Named.of("control characters", "{\"\\u0000\":\"\\u001b\\r\\n\"}"),
                Named.of(
                    "other types", "{\"description\":[],\"summary\":{},\"tags\":1,\"info\":2}"),
                Named.of(
                    "what OpenAPI reserves",
                    "{\"paths\":1,\"swagger\":3,\"responses\":[],\"parameters\":{},\"$ref\":\"#\","
                        + "\"x-amazon-apigateway-integration\":1,\"components\":{\"a\":1}}")))
        .flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("properties")
  void propertiesOfDocumentationAreKeptOrRefused(String properties) {
    for (String location :
        List.of(
            "{\"type\":\"API\"}",
            "{\"type\":\"RESOURCE\",\"path\":\"/a\"}",
            "{\"type\":\"METHOD\",\"path\":\"/a\",\"method\":\"POST\"}",
            "{\"type\":\"RESPONSE\",\"path\":\"/a\",\"method\":\"POST\",\"statusCode\":\"200\"}",
            "{\"type\":\"REQUEST_BODY\",\"path\":\"/a\",\"method\":\"POST\"}",
            "{\"type\":\"MODEL\",\"name\":\"Pet\"}")) {
      ObjectNode part = api.named().put("properties", properties);
      api.attempt("CreateDocumentationPart", part.set("location", Json.parse(location)));
    }

    api.makeEverything();
  }

  @ParameterizedTest
  @MethodSource("properties")
  void aPolicyIsKeptOrRefused(String members) {
    String more = members.substring(1, members.length() - 1);
    for (String policy :
        List.of(
            "{" + more + "}",
            "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\","
                + "\"Resource\":\"*\","
                + more
                + "}]}",
            "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\","
                + "\"Resource\":\"*\",\"Condition\":{"
                + more
                + "}}]}")) {
      api.attempt("UpdateRestApi", TriedApi.replacing(api.named(), "/policy", policy));
      api.attempt("CreateRestApi", Json.object().put("name", "n").put("policy", policy));
    }

    api.makeEverything();
  }
}
