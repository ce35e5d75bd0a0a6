package io.portico.gateway.jose;

import com.nimbusds.jose.jwk.JWK;
import io.portico.gateway.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The keys of an issuer that signatures can be verified with, by their ids. Others in the document
 * are left out: RFC 7517 wants that of keys that are not understood. So are keys without an id, and
 * all those that share one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-5">RFC 7517, 5</a>
 */
final class KeySet {
  private final Map<String, VerificationKey> byId;

  private KeySet(Map<String, VerificationKey> byId) {
    this.byId = Map.copyOf(byId);
  }

  /**
   * @param document a JWK Set
   * @param mostKeys of all kinds
   * @throws KeySetException if it is none, or has more keys
   */
  static KeySet parse(byte[] document, int mostKeys) throws KeySetException {
    ArrayNode keys = keys(document);
    if (keys.size() > mostKeys) {
      throw new KeySetException("more than " + mostKeys + " keys");
    }
    Map<String, VerificationKey> usable = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (JsonNode each : keys) {
      JsonNode id = each.get("kid");
      if (id == null || !id.isString()) {
        continue;
      }
      VerificationKey key = key(each);
      if (!seen.add(id.stringValue())) {
        usable.remove(id.stringValue());
      } else if (key != null) {
        usable.put(id.stringValue(), key);
      }
    }
    return new KeySet(usable);
  }

  private static ArrayNode keys(byte[] document) throws KeySetException {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document)).toString();
      if (Json.parseUnambiguous(text).get("keys") instanceof ArrayNode keys) {
        return keys;
      }
    } catch (CharacterCodingException | JacksonException _) {
      throw new KeySetException("no JSON without doubled members");
    }
    throw new KeySetException("no JWK Set: it has no keys");
  }

  private static @Nullable VerificationKey key(JsonNode key) {
    try {
      return VerificationKey.of(JWK.parse(Json.text(key)));
    } catch (ParseException | IllegalArgumentException | IllegalStateException _) {
      return null;
    }
  }

  /** The key with an id, or null. */
  @Nullable VerificationKey key(String id) {
    return byId.get(id);
  }

  int size() {
    return byId.size();
  }
}
