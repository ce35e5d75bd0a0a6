package io.portico.gateway.execute.authorizer;

import io.portico.gateway.jose.Claims;
import io.portico.gateway.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A token's claims as HTTP APIs have them: all of them texts.
 *
 * <p>AWS: lists stand in brackets, parted by blanks; numbers and truth values are as in JSON;
 * objects are their JSON, and a claim that is null is none. Source: reported by users, who have
 * measured it, https://github.com/floci-io/floci/pull/2011.
 */
final class JwtClaimTexts {
  private JwtClaimTexts() {}

  static Map<String, String> of(Claims claims) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> claim : claims.json().properties()) {
      if (!claim.getValue().isNull()) {
        texts.put(claim.getKey(), text(claim.getValue()));
      }
    }
    return texts;
  }

  private static String text(JsonNode value) {
    if (value.isString()) {
      return value.stringValue();
    }
    return value.isArray()
        ? value.valueStream().map(JwtClaimTexts::text).collect(Collectors.joining(" ", "[", "]"))
        : Json.text(value);
  }
}
