package io.portico.gateway.execute.authorizer;

import io.portico.gateway.jose.Claims;
import io.portico.gateway.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A token's claims as {@code $context.authorizer.claims} has them: all of them texts.
 *
 * <p>AWS: dates are printed as Java prints a Date, truth values and numbers as in JSON, lists
 * joined by commas; source: events that users have published,
 * https://repost.aws/questions/QUFJRBaEJRSmmqarNrvCWoQA/aws-cognito-group and
 * https://github.com/amazon-archives/amazon-cognito-identity-js/issues/92. That objects are their
 * JSON, and that a claim that is null is none, is assumed; so is that {@code nbf} is a date.
 */
final class ClaimTexts {
  private static final Set<String> DATES = Set.of("exp", "iat", "nbf");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private ClaimTexts() {}

  static Map<String, String> of(Claims claims) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> claim : claims.json().properties()) {
      JsonNode value = claim.getValue();
      if (!value.isNull()) {
        texts.put(
            claim.getKey(),
            value.isNumber() && DATES.contains(claim.getKey())
                ? date(value.decimalValue())
                : text(value));
      }
    }
    return texts;
  }

  private static String text(JsonNode value) {
    if (value.isString()) {
      return value.stringValue();
    }
    return value.isArray()
        ? value.valueStream().map(ClaimTexts::text).collect(Collectors.joining(","))
        : Json.text(value);
  }

  /** Verified tokens have dates that an Instant can hold. */
  private static String date(BigDecimal seconds) {
    return DATE.format(
        Instant.ofEpochSecond(seconds.setScale(0, RoundingMode.FLOOR).longValueExact()));
  }
}
