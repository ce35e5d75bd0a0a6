package io.portico.conformance.wire;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** The RSA key of an issuer, by which it signs tokens (RS256). */
public final class TokenKey {
  private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

  private final KeyPair pair;

  private TokenKey(KeyPair pair) {
    this.pair = pair;
  }

  public static TokenKey generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return new TokenKey(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key set (JWKS) that an issuer publishes. */
  public String keySet() {
    RSAPublicKey open = (RSAPublicKey) pair.getPublic();
    return "{\"keys\": [{\"kty\": \"RSA\", \"kid\": \"k1\", \"n\": \"%s\", \"e\": \"%s\"}]}"
        .formatted(number(open.getModulus()), number(open.getPublicExponent()));
  }

  /** A token of ten minutes. */
  public String token(String issuer, String audience) {
    String signed =
        base64url("{\"alg\":\"RS256\",\"kid\":\"k1\"}")
            + "."
            + base64url(
                "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"me\",\"exp\":%d}"
                    .formatted(issuer, audience, Instant.now().getEpochSecond() + 600));
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + BASE64URL.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String number(BigInteger value) {
    byte[] bytes = value.toByteArray();
    return BASE64URL.encodeToString(
        bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
  }

  private static String base64url(String text) {
    return BASE64URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
