package io.portico.gateway.jose;

import io.portico.gateway.jose.InvalidTokenException.Check;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a token claims.
 *
 * @param json as it is written; whoever holds it does not change it
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519#section-4">RFC 7519, 4</a>
 */
public record Claims(ObjectNode json) {
  /** Later dates than any token has, and far from where arithmetic overflows. */
  private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(1_000_000_000_000L);

  /**
   * @param payload of a token
   * @throws InvalidTokenException if it is no JSON object
   */
  static Claims parse(byte[] payload) throws InvalidTokenException {
    return new Claims(TokenText.object(payload, "its payload"));
  }

  /** A claim that is a text, or null where it is missing or something else. */
  public @Nullable String text(String name) {
    JsonNode value = json.get(name);
    return value == null || !value.isString() ? null : value.stringValue();
  }

  /** A claim that is a text or several, such as {@code aud}; others are none. */
  public List<String> texts(String name) {
    JsonNode value = json.get(name);
    if (value == null) {
      return List.of();
    }
    if (value.isString()) {
      return List.of(value.stringValue());
    }
    List<String> texts = new ArrayList<>();
    if (value.isArray()) {
      for (JsonNode each : value) {
        if (each.isString()) {
          texts.add(each.stringValue());
        }
      }
    }
    return texts;
  }

  /**
   * A claim that is a date, fractions of a second left out; or null where it is missing.
   *
   * @throws InvalidTokenException if it is something else
   */
  @Nullable Instant date(String name) throws InvalidTokenException {
    JsonNode value = json.get(name);
    if (value == null) {
      return null;
    }
    if (value.isNumber()) {
      BigDecimal seconds = value.decimalValue();
      if (seconds.abs().compareTo(LAST_SECOND) < 0) {
        return Instant.ofEpochSecond(seconds.setScale(0, RoundingMode.FLOOR).longValueExact());
      }
    }
    throw new InvalidTokenException(Check.FORM, "its " + name + " is no date");
  }
}
