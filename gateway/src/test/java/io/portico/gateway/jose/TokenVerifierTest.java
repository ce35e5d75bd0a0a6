package io.portico.gateway.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import io.portico.gateway.http.UpstreamException.Reason;
import io.portico.gateway.jose.InvalidTokenException.Check;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class TokenVerifierTest {
  private static final String ISSUER = "https://issuer.example/pool";
  private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
  private static final Signer KEY = Signer.named("one");
  private static final String CLAIMS =
      "{\"iss\":\"" + ISSUER + "\",\"sub\":\"me\",\"iat\":1699999000,\"exp\":1700000600}";
  private static final String HEADER = "{\"alg\":\"RS256\",\"kid\":\"one\"}";

  private final FakeIssuer issuer = new FakeIssuer(KEY);
  private final IssuerKeys keys =
      new IssuerKeys(
          KeySetUrl.of(URI.create(ISSUER + "/keys")),
          issuer,
          KeySetLimits.standard(),
          issuer.nanoTime::get);
  private Instant now = NOW;
  private final TokenVerifier verifier =
      new TokenVerifier(
          new Clock() {
            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return now;
            }
          });

  @Test
  void tellsWhatAValidTokenClaims() throws Exception {
    Claims claims = verify(KEY.token(CLAIMS));

    assertThat(claims.text("sub")).isEqualTo("me");
    assertThat(claims.texts("iss")).containsExactly(ISSUER);
    assertThat(claims.text("exp")).isNull();
  }

  @Test
  void refusesATokenOfAnotherIssuerWithoutAskingForItsKeys() {
    assertThat(refusal(KEY.token(CLAIMS.replace("/pool", "/pool2")))).isEqualTo(Check.ISSUER);
    assertThat(refusal(KEY.token("{\"exp\":1700000600}"))).isEqualTo(Check.ISSUER);
    assertThat(refusal(KEY.token("{\"iss\":[\"" + ISSUER + "\"],\"exp\":1700000600}")))
        .isEqualTo(Check.ISSUER);
    assertThat(issuer.requests).isEmpty();
  }

  @Test
  void refusesATokenOfAKeyThatTheIssuerHasNot() {
    assertThat(refusal(Signer.named("two").token(CLAIMS))).isEqualTo(Check.KEY);
    assertThat(refusal(Signer.named("one").token(CLAIMS))).isEqualTo(Check.SIGNATURE);
  }

  @Test
  void refusesATokenThatWasChanged() {
    String token = KEY.token(CLAIMS);
    String[] parts = token.split("\\.", -1);
    String others = Signer.base64url(CLAIMS.replace("me", "you"));

    assertThat(refusal(parts[0] + "." + others + "." + parts[2])).isEqualTo(Check.SIGNATURE);
    assertThat(
            refusal(
                Signer.base64url("{\"kid\":\"one\", \"alg\":\"RS256\"}")
                    + "."
                    + parts[1]
                    + "."
                    + parts[2]))
        .isEqualTo(Check.SIGNATURE);
    assertThat(refusal(parts[0] + "." + parts[1] + ".")).isEqualTo(Check.SIGNATURE);
  }

  @Test
  void refusesEverySpellingOfATokenButItsOwn() {
    String token = KEY.token(CLAIMS);

    assertThat(refusal(token + "=")).isEqualTo(Check.FORM);
    assertThat(refusal(token + "\n")).isEqualTo(Check.FORM);
    assertThat(refusal(" " + token)).isEqualTo(Check.FORM);
    assertThat(refusal(token + ".")).isEqualTo(Check.FORM);
    assertThat(refusal(token.replaceFirst("\\.", "?."))).isEqualTo(Check.FORM);
    // 256 octets end within a character: its last bits count for nothing.
    char last = token.charAt(token.length() - 1);
    assertThat(refusal(token.substring(0, token.length() - 1) + (char) (last + 1)))
        .isEqualTo(Check.FORM);
  }

  @Test
  void refusesWhatIsNoToken() {
    for (String text :
        new String[] {
          "", ".", "..", "...", "a", "a.b.c", "e30.e30.", "e30.e30.e30", "bnVsbA.e30.e30",
        }) {
      assertThat(refusal(text)).as(text).isEqualTo(Check.FORM);
    }
    assertThat(refusal("x".repeat(70_000))).isEqualTo(Check.FORM);
    assertThat(refusal(Signer.base64url(HEADER) + ".e30.".repeat(10_000))).isEqualTo(Check.FORM);
  }

  @Test
  void refusesNoSignatureAndSignaturesOfSecrets() throws Exception {
    for (String algorithm : new String[] {"none", "None", "NONE", "HS256", "rs256", "ES256K", ""}) {
      assertThat(refusal(KEY.token("{\"alg\":\"" + algorithm + "\",\"kid\":\"one\"}", CLAIMS)))
          .as(algorithm)
          .isEqualTo(Check.FORM);
    }
    JWSObject confused =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build(), new Payload(CLAIMS));
    confused.sign(new MACSigner(KEY.key().toRSAPublicKey().getEncoded()));
    assertThat(refusal(confused.serialize())).isEqualTo(Check.FORM);
  }

  @Test
  void bindsAKeyToItsAlgorithm() {
    assertThat(refusal(KEY.token("{\"alg\":\"RS512\",\"kid\":\"one\"}", CLAIMS)))
        .isEqualTo(Check.SIGNATURE);
    assertThat(refusal(KEY.token("{\"alg\":\"ES256\",\"kid\":\"one\"}", CLAIMS)))
        .isEqualTo(Check.SIGNATURE);
  }

  @Test
  void refusesCriticalHeadersAndKeysWithoutAnId() {
    assertThat(
            refusal(
                KEY.token(
                    "{\"alg\":\"RS256\",\"kid\":\"one\",\"crit\":[\"b64\"],\"b64\":false}",
                    CLAIMS)))
        .isEqualTo(Check.FORM);
    assertThat(refusal(KEY.token("{\"alg\":\"RS256\",\"kid\":\"one\",\"crit\":[]}", CLAIMS)))
        .isEqualTo(Check.FORM);
    assertThat(refusal(KEY.token("{\"alg\":\"RS256\"}", CLAIMS))).isEqualTo(Check.FORM);
    assertThat(refusal(KEY.token("{\"alg\":\"RS256\",\"kid\":1}", CLAIMS))).isEqualTo(Check.FORM);
  }

  @Test
  void followsNoKeyThatATokenBringsAlong() {
    Signer attacker = Signer.named("mine");
    String header =
        "{\"alg\":\"RS256\",\"kid\":\"%s\",\"jwk\":%s,\"jku\":\"https://attacker.example/keys\","
            + "\"x5u\":\"https://attacker.example/cert\",\"x5c\":[\"AAAA\"]}";
    String key = attacker.published().toString();

    assertThat(refusal(attacker.token(header.formatted("mine", key), CLAIMS))).isEqualTo(Check.KEY);
    assertThat(refusal(attacker.token(header.formatted("one", key), CLAIMS)))
        .isEqualTo(Check.SIGNATURE);
    assertThat(issuer.requests)
        .allSatisfy(
            request -> assertThat(request.origin().authority()).isEqualTo("issuer.example"));
  }

  @Test
  void refusesWhatCouldBeReadInTwoWays() {
    assertThat(refusal(KEY.token("{\"alg\":\"none\",\"alg\":\"RS256\",\"kid\":\"one\"}", CLAIMS)))
        .isEqualTo(Check.FORM);
    assertThat(refusal(KEY.token(HEADER, CLAIMS.replace("{", "{\"sub\":\"you\","))))
        .isEqualTo(Check.FORM);
    assertThat(refusal(KEY.token(HEADER, CLAIMS + "{}"))).isEqualTo(Check.FORM);
    assertThat(refusal(KEY.token(HEADER, "[" + CLAIMS + "]"))).isEqualTo(Check.FORM);
    String[] parts = KEY.token(HEADER, CLAIMS).split("\\.", -1);
    byte[] notUtf8 = {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'};
    String payload = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(notUtf8);
    assertThat(refusal(parts[0] + "." + payload + "." + parts[2])).isEqualTo(Check.FORM);
  }

  @Test
  void looksAtTheTime() throws Exception {
    assertThat(refusal(KEY.token(claims("\"exp\":1700000000")))).isEqualTo(Check.EXPIRY);
    assertThat(refusal(KEY.token(claims("\"exp\":1700000000.9")))).isEqualTo(Check.EXPIRY);
    assertThat(refusal(KEY.token(claims("\"nbf\":1")))).isEqualTo(Check.FORM);
    assertThat(refusal(KEY.token(claims("\"exp\":\"1700000600\"")))).isEqualTo(Check.FORM);
    assertThat(refusal(KEY.token(claims("\"exp\":1e400")))).isEqualTo(Check.FORM);
    assertThat(refusal(KEY.token(claims("\"exp\":1e12")))).isEqualTo(Check.FORM);
    assertThat(refusal(KEY.token(claims("\"exp\":null")))).isEqualTo(Check.FORM);
    assertThat(refusal(KEY.token(claims("\"exp\":1700000001,\"nbf\":1700000061"))))
        .isEqualTo(Check.BEGIN);
    assertThat(refusal(KEY.token(claims("\"exp\":1700000001,\"iat\":1700000061"))))
        .isEqualTo(Check.BEGIN);

    Claims claims =
        verify(KEY.token(claims("\"exp\":1700000001,\"nbf\":1700000060,\"iat\":1700000060.5")));

    assertThat(claims.text("iss")).isEqualTo(ISSUER);
  }

  @Test
  void saysOfATokenWhatItSaysOnOneLine() {
    InvalidTokenException refusal =
        Objects.requireNonNull(
            catchThrowableOfType(
                InvalidTokenException.class,
                () -> verify(KEY.token("{\"iss\":\"a\\nb\",\"exp\":1}"))));

    assertThat(refusal).hasMessage("its iss is a?b");
  }

  @Test
  void cannotSayOfATokenWhoseIssuerIsDown() {
    issuer.failsWith(Reason.CONNECT_FAILED);

    assertThatThrownBy(() -> verify(KEY.token(CLAIMS)))
        .isInstanceOf(KeysUnavailableException.class);
  }

  @Test
  void keepsWhatWasVerifiedAndNothingElse() throws Exception {
    String token = KEY.token(CLAIMS);
    Claims first = verify(token);

    assertThat(verify(token)).isSameAs(first);
    assertThat(verifier.kept()).isOne();
    assertThat(refusal(token + "A")).isEqualTo(Check.SIGNATURE);
    assertThat(refusal(KEY.token(claims("\"exp\":1")))).isEqualTo(Check.EXPIRY);
    assertThat(refusal(Signer.named("one").token(CLAIMS))).isEqualTo(Check.SIGNATURE);
    assertThat(verifier.kept()).isOne();
  }

  @Test
  void refusesATokenThatWasVerifiedOnceItsTimeIsOver() throws Exception {
    String token = KEY.token(CLAIMS);
    assertThat(verify(token).text("sub")).isEqualTo("me");

    now = Instant.ofEpochSecond(1_700_000_600);

    assertThat(refusal(token)).isEqualTo(Check.EXPIRY);
  }

  @Test
  void refusesATokenThatWasVerifiedOnceItsKeyIsGoneOrAnother() throws Exception {
    String token = KEY.token(CLAIMS);
    assertThat(verify(token).text("sub")).isEqualTo("me");

    issuer.publishes(Signer.named("one"));
    issuer.passes(KeySetLimits.standard().fresh());
    assertThat(refusal(token)).isEqualTo(Check.SIGNATURE);

    issuer.publishes(Signer.named("two"));
    issuer.passes(KeySetLimits.standard().fresh());
    assertThat(refusal(token)).isEqualTo(Check.KEY);
  }

  @Test
  void refusesATokenThatWasVerifiedWhereItsIssuerIsNotTrusted() throws Exception {
    String token = KEY.token(CLAIMS);
    assertThat(verify(token).text("sub")).isEqualTo("me");

    assertThatThrownBy(() -> verifier.verify(token, name -> null))
        .isInstanceOf(InvalidTokenException.class);
    IssuerKeys others =
        new IssuerKeys(
            KeySetUrl.of(URI.create("https://other.example/keys")),
            new FakeIssuer(Signer.named("one")),
            KeySetLimits.standard(),
            issuer.nanoTime::get);
    assertThatThrownBy(() -> verifier.verify(token, name -> others))
        .isInstanceOf(InvalidTokenException.class)
        .hasMessage("its signature is not the issuer's");
  }

  private static String claims(String time) {
    return "{\"iss\":\"" + ISSUER + "\"," + time + "}";
  }

  private Claims verify(String token) throws InvalidTokenException, KeysUnavailableException {
    return verifier.verify(token, name -> name.equals(ISSUER) ? keys : null);
  }

  private Check refusal(String token) {
    return Objects.requireNonNull(
            catchThrowableOfType(InvalidTokenException.class, () -> verify(token)))
        .check();
  }
}
