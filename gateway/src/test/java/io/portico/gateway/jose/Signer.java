package io.portico.gateway.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import io.portico.gateway.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An issuer's key, and what it signs. */
public final class Signer {
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final RSAKey key;

  private Signer(RSAKey key) {
    this.key = key;
  }

  /** A new key. */
  public static Signer named(String keyId) {
    try {
      return new Signer(
          new RSAKeyGenerator(2048).keyID(keyId).algorithm(JWSAlgorithm.RS256).generate());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What it is published as. */
  ObjectNode published() {
    return (ObjectNode) Json.parse(key.toPublicJWK().toJSONString());
  }

  RSAKey key() {
    return key;
  }

  /** A token with these claims. */
  public String token(String claims) {
    try {
      JWSObject token =
          new JWSObject(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
              new Payload(claims));
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A token with a header of one's own, which is signed as it stands. */
  String token(String header, String claims) {
    String signed = base64url(header) + "." + base64url(claims);
    try {
      return signed
          + "."
          + new RSASSASigner(key)
              .sign(new JWSHeader(JWSAlgorithm.RS256), signed.getBytes(StandardCharsets.US_ASCII));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static String base64url(String text) {
    return BASE64URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A key set of some keys. */
  public static byte[] keySet(Signer... signers) {
    return keySet(Stream.of(signers).map(Signer::published).toList());
  }

  static byte[] keySet(List<ObjectNode> keys) {
    ObjectNode set = Json.object();
    ArrayNode array = set.putArray("keys");
    keys.forEach(array::add);
    return Json.bytes(set);
  }
}
