package io.portico.gateway.jose;

import com.nimbusds.jose.util.Base64URL;
import io.portico.gateway.jose.InvalidTokenException.Check;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON Web Signature in compact serialization, taken apart and not verified yet.
 *
 * <p>Of its header, algorithm and key id count. A header with {@code crit} is refused, as no
 * extension is understood. Keys in it, and addresses of keys ({@code jwk}, {@code jku}, {@code
 * x5c}, {@code x5u}), are not looked at.
 *
 * @param algorithm what it says that it is signed with
 * @param keyId of the key that has signed it
 * @param payload decoded
 * @param signed what the signature is of
 * @param signature in base64url
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-7.1">RFC 7515, 7.1</a>
 */
@SuppressWarnings("ArrayRecordComponent")
record SignedToken(
    JwsAlgorithm algorithm, String keyId, byte[] payload, byte[] signed, Base64URL signature) {
  /** Longer than any that fits into the fields of a request. */
  private static final int MOST_CHARACTERS = 64 * 1024;

  /**
   * @throws InvalidTokenException if it is none
   */
  static SignedToken parse(String text) throws InvalidTokenException {
    if (text.length() > MOST_CHARACTERS) {
      throw refused("the token is longer than " + MOST_CHARACTERS + " characters");
    }
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    if (first < 0 || second < 0 || text.indexOf('.', second + 1) >= 0) {
      throw refused("the token has not three parts");
    }
    ObjectNode header =
        TokenText.object(TokenText.decoded(text.substring(0, first), "its header"), "its header");
    if (header.has("crit")) {
      throw refused("its header has crit, and no extension is understood");
    }
    JwsAlgorithm algorithm = algorithm(header.get("alg"));
    String signature = text.substring(second + 1);
    byte[] _ = TokenText.decoded(signature, "its signature");
    return new SignedToken(
        algorithm,
        keyId(header.get("kid")),
        TokenText.decoded(text.substring(first + 1, second), "its payload"),
        text.substring(0, second).getBytes(StandardCharsets.US_ASCII),
        new Base64URL(signature));
  }

  private static JwsAlgorithm algorithm(@Nullable JsonNode name) throws InvalidTokenException {
    JwsAlgorithm algorithm =
        name == null || !name.isString() ? null : JwsAlgorithm.named(name.stringValue());
    if (algorithm == null) {
      throw refused("its alg is none that keys of issuers are for");
    }
    return algorithm;
  }

  private static String keyId(@Nullable JsonNode id) throws InvalidTokenException {
    if (id == null || !id.isString() || id.stringValue().isEmpty()) {
      throw refused("its header has no kid");
    }
    return id.stringValue();
  }

  private static InvalidTokenException refused(String why) {
    return new InvalidTokenException(Check.FORM, why);
  }
}
