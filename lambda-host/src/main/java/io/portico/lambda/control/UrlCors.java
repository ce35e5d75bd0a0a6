package io.portico.lambda.control;

import io.portico.gateway.proxy.CorsPolicy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a function URL's {@code Cors} means. */
final class UrlCors {
  private UrlCors() {}

  /** AWS: nothing is allowed that is not named; source: inferred. */
  static @Nullable CorsPolicy of(@Nullable ObjectNode cors) {
    if (cors == null) {
      return null;
    }
    JsonNode maxAge = cors.path("MaxAge");
    return new CorsPolicy(
        cors.path("AllowCredentials").asBoolean(false),
        texts(cors, "AllowHeaders"),
        texts(cors, "AllowMethods"),
        texts(cors, "AllowOrigins"),
        texts(cors, "ExposeHeaders"),
        maxAge.isNumber() ? Integer.valueOf(maxAge.intValue()) : null);
  }

  private static List<String> texts(ObjectNode cors, String member) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : cors.path(member)) {
      texts.add(text.asString());
    }
    return List.copyOf(texts);
  }
}
