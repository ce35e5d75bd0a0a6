package io.portico.gateway.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.portico.gateway.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Wycheproof's vectors of signatures and keys: a token is taken exactly if they say so. */
final class WycheproofTest {
  /** Vectors that are valid and refused all the same, and why. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "json_web_signature_test.json 346", "its key is for PS256, it says PS384",
          "json_web_signature_test.json 350", "the same",
          "json_web_signature_test.json 347", "its key is for ES521, which is no algorithm",
          "json_web_signature_test.json 351", "the same");

  @TestFactory
  Stream<DynamicTest> signatures() throws IOException {
    return vectors("json_web_signature_test.json", 380);
  }

  @TestFactory
  Stream<DynamicTest> keys() throws IOException {
    return vectors("json_web_key_test.json", 25);
  }

  @TestFactory
  Stream<DynamicTest> mixed() throws IOException {
    return vectors("json_web_crypto_test.json", 45);
  }

  private static Stream<DynamicTest> vectors(String file, int atLeast) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode group : read(file).get("testGroups")) {
      byte[] keys = keySet(group.has("public") ? group.get("public") : group.get("private"));
      for (JsonNode test : group.get("tests")) {
        JsonNode token = test.get("jws");
        if (token != null) {
          String name = file + " " + test.get("tcId").intValue();
          boolean valid =
              test.get("result").stringValue().equals("valid")
                  && !REFUSED.containsKey(name)
                  && !isOfSecret(token);
          tests.add(
              dynamicTest(
                  name + " " + test.get("comment").stringValue(),
                  () -> assertThat(isTaken(text(token), keys)).isEqualTo(valid)));
        }
      }
    }
    assertThat(tests).hasSizeGreaterThanOrEqualTo(atLeast);
    return tests.stream();
  }

  private static boolean isTaken(String token, byte[] keySet) throws KeySetException {
    KeySet keys = KeySet.parse(keySet, 10);
    try {
      SignedToken signed = SignedToken.parse(token);
      VerificationKey key = keys.key(signed.keyId());
      return key != null && key.verifies(signed);
    } catch (InvalidTokenException _) {
      return false;
    }
  }

  /** Whoever verifies an HMAC could have made it: none is taken here. */
  private static boolean isOfSecret(JsonNode token) {
    String header = text(token).split("\\.", 2)[0];
    @Nullable JsonNode algorithm = header.isEmpty() ? null : algorithm(header);
    return algorithm != null && algorithm.asString().startsWith("HS");
  }

  private static @Nullable JsonNode algorithm(String header) {
    byte[] json = Base64.getUrlDecoder().decode(header.replaceAll("[^A-Za-z0-9_-]", ""));
    return Json.parse(new String(json, StandardCharsets.UTF_8)).get("alg");
  }

  private static String text(JsonNode token) {
    return token.isString() ? token.stringValue() : Json.text(token);
  }

  private static byte[] keySet(JsonNode keys) {
    if (keys.has("keys")) {
      return Json.bytes(keys);
    }
    ObjectNode set = Json.object();
    set.putArray("keys").add(keys);
    return Json.bytes(set);
  }

  private static JsonNode read(String file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            WycheproofTest.class.getResourceAsStream("/jose-wycheproof/" + file))) {
      return Json.parse(in.readAllBytes());
    }
  }
}
