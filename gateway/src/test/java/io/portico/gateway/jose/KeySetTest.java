package io.portico.gateway.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.portico.gateway.json.Json;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class KeySetTest {
  private static final Signer ONE = Signer.named("one");
  private static final Signer OTHER = Signer.named("other");

  @Test
  void findsAKeyByItsId() throws KeySetException {
    KeySet keys = KeySet.parse(Signer.keySet(ONE, OTHER), 10);

    assertThat(keys.size()).isEqualTo(2);
    assertThat(keys.key("one")).isNotNull();
    assertThat(keys.key("One")).isNull();
  }

  @Test
  void leavesOutEveryKeyOfAnIdThatSeveralHave() throws KeySetException {
    ObjectNode twin = OTHER.published();
    twin.put("kid", "one");

    KeySet keys = KeySet.parse(Signer.keySet(List.of(ONE.published(), twin, twin)), 10);

    assertThat(keys.size()).isZero();
  }

  @Test
  void leavesOutWhatIsForSomethingElse() throws KeySetException {
    assertThat(size(ONE.published().put("use", "enc"))).isZero();
    assertThat(size(ONE.published().put("alg", "RSA-OAEP-256"))).isZero();
    assertThat(size(ONE.published().put("alg", "HS256"))).isZero();
    assertThat(size(ONE.published().put("alg", "none"))).isZero();
    assertThat(size(ONE.published().put("kty", "oct").put("k", "AAAA"))).isZero();
    assertThat(size(ONE.published().put("kty", "unheard of"))).isZero();
    assertThat(size(ONE.published().put("n", "?"))).isZero();
    ObjectNode signing = ONE.published();
    signing.putArray("key_ops").add("sign");
    assertThat(size(signing)).isZero();
    ObjectNode nameless = ONE.published();
    nameless.remove("kid");
    assertThat(size(nameless)).isZero();
    ObjectNode numbered = ONE.published();
    numbered.put("kid", 7);
    assertThat(size(numbered)).isZero();
  }

  @Test
  void leavesOutKeysWhoseSecretIsPublished() throws KeySetException {
    assertThat(size((ObjectNode) Json.parse(ONE.key().toJSONString()))).isZero();
  }

  @Test
  void leavesOutKeysThatAreWeakOrTakeLong() throws KeySetException {
    assertThat(size(modulus(BigInteger.TWO.pow(2046).add(BigInteger.ONE)))).isZero();
    assertThat(size(modulus(BigInteger.TWO.pow(8192).add(BigInteger.ONE)))).isZero();
    assertThat(size(ONE.published().put("e", "AQ"))).isZero();
    assertThat(size(ONE.published().put("e", "AQAA"))).isZero();
    assertThat(size(ONE.published().put("e", "AQAAAAAAAAAB"))).isZero();
    // 65537 to some power has the mark of the library that made weak keys, whatever its size.
    BigInteger marked = BigInteger.valueOf(65537).pow(130);
    assertThat(marked.bitLength()).isBetween(2048, 8192);
    assertThat(size(modulus(marked))).isZero();
    assertThat(size(ONE.published())).isOne();
  }

  @Test
  void knowsKeysOfEllipticCurvesByTheirCurve() throws KeySetException, JOSEException {
    ObjectNode key =
        (ObjectNode)
            Json.parse(
                new ECKeyGenerator(Curve.P_384)
                    .keyID("curve")
                    .generate()
                    .toPublicJWK()
                    .toJSONString());
    assertThat(size(key.deepCopy())).isOne();
    assertThat(size(key.deepCopy().put("alg", "ES384"))).isOne();
    assertThat(size(key.deepCopy().put("alg", "ES256"))).isZero();
    assertThat(size(key.deepCopy().put("crv", "P-256"))).isZero();
    assertThat(size(key.deepCopy().put("crv", "secp256k1"))).isZero();
    assertThat(size(key.deepCopy().put("x", key.get("y").stringValue()))).isZero();
  }

  @Test
  void takesNoDocumentThatIsNoKeySet() {
    for (String document :
        List.of(
            "",
            "<html></html>",
            "[]",
            "{}",
            "{\"keys\": {}}",
            "{\"keys\": [], \"keys\": []}",
            "{\"keys\": []} more")) {
      assertThatThrownBy(() -> KeySet.parse(document.getBytes(StandardCharsets.UTF_8), 10))
          .as(document)
          .isInstanceOf(KeySetException.class);
    }
    assertThatThrownBy(() -> KeySet.parse(new byte[] {'{', '"', (byte) 0xff}, 10))
        .isInstanceOf(KeySetException.class);
    assertThatThrownBy(() -> KeySet.parse(Signer.keySet(ONE, OTHER), 1))
        .isInstanceOf(KeySetException.class)
        .hasMessage("more than 1 keys");
  }

  @Test
  void takesMembersOfTheListThatAreNoKeys() throws KeySetException {
    KeySet keys =
        KeySet.parse("{\"keys\": [1, null, \"key\", [], {}]}".getBytes(StandardCharsets.UTF_8), 10);

    assertThat(keys.size()).isZero();
  }

  private static ObjectNode modulus(BigInteger modulus) {
    byte[] bytes = modulus.toByteArray();
    return ONE.published()
        .put("n", java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private static int size(ObjectNode key) throws KeySetException {
    return KeySet.parse(Signer.keySet(List.of(key)), 10).size();
  }
}
