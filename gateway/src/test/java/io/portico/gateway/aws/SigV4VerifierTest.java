package io.portico.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.aws.CanonicalRequest.PathForm;
import io.portico.gateway.aws.SignatureVerdict.Reason;
import io.portico.gateway.aws.SignatureVerdict.Refused;
import io.portico.gateway.aws.SignatureVerdict.Verified;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** AWS's signing vectors the other way round, and requests that are nobody's. */
final class SigV4VerifierTest {
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 4566);
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final Credentials PERMANENT = new Credentials("AKIDEXAMPLE", "secret", null);
  private static final Credentials TEMPORARY =
      new Credentials("ASIAEXAMPLE", "hidden", "token/1==");
  private static final Credentials ENDED = new Credentials("ASIAENDED", "hidden", "token");
  private static final String MISMATCH =
      "The request signature we calculated does not match the signature you provided. Check your"
          + " AWS Secret Access Key and signing method. Consult the service documentation for"
          + " details.";

  private final SigV4Verifier verifier =
      new SigV4Verifier("lambda", SigV4VerifierTest::find, Clock.fixed(NOW, ZoneOffset.UTC));

  private static @Nullable AccessKey find(String id) {
    return Stream.of(PERMANENT, TEMPORARY, ENDED)
        .filter(each -> each.accessKeyId().equals(id))
        .map(each -> key(each, each.equals(ENDED) ? NOW : NOW.plusSeconds(1)))
        .findFirst()
        .orElse(null);
  }

  private static AccessKey key(Credentials credentials, Instant expiration) {
    return new AccessKey(
        credentials,
        new AwsPrincipal("000000000000", "arn:aws:iam::000000000000:root", "000000000000"),
        expiration);
  }

  private static HttpRequest request(String method, String target, Headers headers, String body) {
    return new HttpRequest(
        method,
        target,
        "HTTP/1.1",
        headers,
        Body.of(body),
        new ClientConnection(LOOPBACK, LOOPBACK, null),
        0);
  }

  private static HttpRequest signed(Credentials credentials, Instant time) {
    Headers headers =
        new SigV4Signer(credentials, "us-east-1", "lambda")
            .sign(
                "POST",
                "/a/b?x=1&y=%20",
                Headers.of("Host", "abc.lambda-url.us-east-1.localhost", "X-Amz-Meta", "m"),
                "body".getBytes(StandardCharsets.UTF_8),
                time);
    return request("POST", "/a/b?x=1&y=%20", headers, "body");
  }

  private SignatureVerdict verify(HttpRequest request) {
    return verify(verifier, request, "us-east-1");
  }

  private static SignatureVerdict verify(
      SigV4Verifier verifier, HttpRequest request, String region) {
    try {
      return verifier.verify(request, region, () -> request.body().readAll(1 << 20));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void doesNotMatch(SignatureVerdict verdict) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.INVALID_SIGNATURE);
              assertThat(refused.text()).isEqualTo(MISMATCH);
            });
  }

  private static Refused refused(Reason reason, String text) {
    return new Refused(reason, text);
  }

  /** Two vectors send a session token that is not signed, which nobody here takes. */
  @ParameterizedTest
  @MethodSource("vectors")
  void verifiesWhatTheVectorsSign(Path vector, String file) throws IOException {
    JsonNode context = Json.parse(Files.readString(vector.resolve("context.json")));
    JsonNode keys = context.path("credentials");
    Credentials credentials =
        new Credentials(
            keys.path("access_key_id").asString(),
            keys.path("secret_access_key").asString(),
            keys.has("token") ? keys.path("token").asString() : null);
    Instant time = Instant.parse(context.path("timestamp").asString());
    SigV4Verifier ofVector =
        new SigV4Verifier(
            context.path("service").asString(),
            id -> id.equals(credentials.accessKeyId()) ? key(credentials, Instant.MAX) : null,
            Clock.fixed(time, ZoneOffset.UTC),
            context.path("normalize").booleanValue() ? PathForm.NORMALIZED : PathForm.ENCODED_TWICE,
            Set.of());
    HttpRequest request = parsed(Files.readString(vector.resolve(file)));
    String region = context.path("region").asString();

    SignatureVerdict verdict = verify(ofVector, request, region);
    SignatureVerdict another =
        verify(
            ofVector,
            request(request.method() + "X", request.target(), request.headers(), ""),
            region);

    if (context.path("omit_session_token").asBoolean(false)) {
      assertThat(verdict).isInstanceOf(Refused.class);
    } else {
      assertThat(verdict).isInstanceOf(Verified.class);
    }
    assertThat(another).isInstanceOf(Refused.class);
  }

  static Stream<Arguments> vectors() throws IOException {
    return SigV4SignerTest.vectors()
        .flatMap(
            vector ->
                Stream.of("header-signed-request.txt", "query-signed-request.txt")
                    .map(file -> Arguments.of(vector, file)));
  }

  private static HttpRequest parsed(String text) {
    String[] parts = text.split("\n\n", 2);
    List<String> lines = parts[0].replaceAll("\n[ \t]+", " ").lines().toList();
    String requestLine = lines.getFirst();
    int first = requestLine.indexOf(' ');
    int last = requestLine.lastIndexOf(' ');
    Headers.Builder headers = Headers.builder();
    for (String line : lines.subList(1, lines.size())) {
      int colon = line.indexOf(':');
      headers.add(line.substring(0, colon), line.substring(colon + 1));
    }
    return request(
        requestLine.substring(0, first),
        requestLine.substring(first + 1, last),
        headers.build(),
        parts.length > 1 ? parts[1] : "");
  }

  @Test
  void whoeverSignedIsKnownByHisKey() {
    assertThat(verify(signed(PERMANENT, NOW))).isEqualTo(new Verified(key(PERMANENT, soon())));
    assertThat(verify(signed(TEMPORARY, NOW))).isEqualTo(new Verified(key(TEMPORARY, soon())));
  }

  private static Instant soon() {
    return NOW.plusSeconds(1);
  }

  @Test
  void aDateFieldIsAsGoodAsAnXAmzDate() {
    HttpRequest signed = signed(PERMANENT, NOW);
    String authorization = String.valueOf(signed.headers().first("Authorization"));
    CanonicalRequest canonical =
        CanonicalRequest.of(
            "GET", "/", Headers.of("Host", "h"), SigV4.sha256Hex(new byte[0]), PathForm.NORMALIZED);
    String signature =
        SigV4.signature(
            SigV4.signingKey("secret", "20261129", "us-east-1", "lambda"),
            SigV4.stringToSign(
                "20261129T120000Z", "20261129/us-east-1/lambda/aws4_request", canonical));
    HttpRequest dated =
        request(
            "GET",
            "/",
            Headers.of(
                "Host",
                "h",
                "Date",
                "Sun, 29 Nov 2026 12:00:00 GMT",
                "Authorization",
                authorization.substring(0, authorization.indexOf("SignedHeaders"))
                    + "SignedHeaders=host, Signature="
                    + signature),
            "");

    assertThat(verify(dated)).isInstanceOf(Verified.class);
  }

  @Test
  void aRequestThatWasChangedIsNobodys() {
    HttpRequest signed = signed(PERMANENT, NOW);
    Headers headers = signed.headers();

    for (HttpRequest changed :
        List.of(
            request("PUT", signed.target(), headers, "body"),
            request("POST", "/a/c?x=1&y=%20", headers, "body"),
            request("POST", "/a/b?x=2&y=%20", headers, "body"),
            request("POST", "/a/b?x=1&y=%20&z=1", headers, "body"),
            request("POST", signed.target(), headers, "other"),
            request("POST", signed.target(), headers, ""),
            request("POST", signed.target(), headers.toBuilder().set("Host", "x").build(), "body"),
            request(
                "POST",
                signed.target(),
                headers.toBuilder().set("X-Amz-Meta", "x").build(),
                "body"),
            request(
                "POST", signed.target(), headers.toBuilder().remove("X-Amz-Meta").build(), "body"),
            signed(new Credentials("AKIDEXAMPLE", "another", null), NOW))) {
      assertThat(verify(changed)).satisfies(SigV4VerifierTest::doesNotMatch);
    }
  }

  /** AWS: S3 alone takes it. */
  @Test
  void aPayloadThatIsNotSignedIsNobodys() {
    Headers headers =
        new SigV4Signer(PERMANENT, "us-east-1", "lambda")
            .sign(
                "POST",
                "/",
                Headers.of("Host", "h", "X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"),
                "UNSIGNED-PAYLOAD",
                NOW,
                PathForm.NORMALIZED);

    assertThat(verify(request("POST", "/", headers, "body")))
        .satisfies(SigV4VerifierTest::doesNotMatch);
  }

  @Test
  void aSignatureIsGoodForFiveMinutes() {
    assertThat(verify(signed(PERMANENT, NOW.minusSeconds(300)))).isInstanceOf(Verified.class);
    assertThat(verify(signed(PERMANENT, NOW.plusSeconds(300)))).isInstanceOf(Verified.class);
    assertThat(verify(signed(PERMANENT, NOW.minusSeconds(301))))
        .isEqualTo(
            refused(
                Reason.INVALID_SIGNATURE,
                "Signature expired: 20261129T115459Z is now earlier than 20261129T115500Z"
                    + " (20261129T120000Z - 5 min.)"));
    assertThat(verify(signed(PERMANENT, NOW.plusSeconds(301))))
        .isEqualTo(
            refused(
                Reason.INVALID_SIGNATURE,
                "Signature not yet current: 20261129T120501Z is still later than 20261129T120500Z"
                    + " (20261129T120000Z + 5 min.)"));
  }

  @Test
  void credentialsThatNobodyHasSignForNobody() {
    Refused unknown =
        refused(
            Reason.UNRECOGNIZED_CLIENT, "The security token included in the request is invalid.");

    for (Credentials credentials :
        List.of(
            new Credentials("AKIDOTHER", "secret", null),
            new Credentials("AKIDEXAMPLE", "secret", "token"),
            new Credentials("ASIAEXAMPLE", "hidden", null),
            new Credentials("ASIAEXAMPLE", "hidden", "token/2=="))) {
      assertThat(verify(signed(credentials, NOW))).isEqualTo(unknown);
    }
    assertThat(verify(signed(ENDED, NOW)))
        .isEqualTo(
            refused(Reason.EXPIRED_TOKEN, "The security token included in the request is expired"));
  }

  @Test
  void aSignatureIsForOneRegionAndOneService() {
    assertThat(verify(verifier, signed(PERMANENT, NOW), "eu-west-1"))
        .isEqualTo(
            refused(
                Reason.INVALID_SIGNATURE,
                "Credential should be scoped to a valid region, not 'us-east-1'. "));
    SigV4Verifier other =
        new SigV4Verifier("execute-api", SigV4VerifierTest::find, Clock.fixed(NOW, ZoneOffset.UTC));
    assertThat(verify(other, signed(PERMANENT, NOW), "us-east-1"))
        .isEqualTo(
            refused(
                Reason.INVALID_SIGNATURE,
                "Credential should be scoped to correct service: 'execute-api'. "));
  }

  private static HttpRequest with(String authorization) {
    return request(
        "GET",
        "/",
        Headers.of("Host", "h", "X-Amz-Date", "20261129T120000Z", "Authorization", authorization),
        "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261129/us-east-1/lambda/aws4_request, SignedHeaders=x-amz-date, Signature=0 | 'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261129/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0 | 'X-Amz-Date' must be a 'SignedHeader' in the AWS Authorization.",
        "AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20261129/lambda/aws4_request, SignedHeaders=host, Signature=0 | Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'.",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261129/us-east-1/lambda/aws4_request, Signature=0 | Authorization header requires 'SignedHeaders' parameter. Authorization=AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261129/us-east-1/lambda/aws4_request, Signature=0",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE /20261129/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0 | '/20261129/us-east-1/lambda/aws4_request' not a valid key=value pair (missing equal-sign) in Authorization header: 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE /20261129/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0'.",
      },
      quoteCharacter = '`')
  void aSignatureThatLacksSomethingIsIncomplete(String authorization, String text) {
    assertThat(verify(with(authorization))).isEqualTo(refused(Reason.INCOMPLETE_SIGNATURE, text));
  }

  @Test
  void aDateThatIsAnotherOrNoneIsRefused() {
    String authorization =
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261128/us-east-1/lambda/aws4_request,"
            + " SignedHeaders=host;x-amz-date, Signature=0";

    assertThat(verify(with(authorization)))
        .isEqualTo(
            refused(
                Reason.INVALID_SIGNATURE,
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
                    + " HTTP: '20261128' != '20261129', from '20261129T120000Z'."));
    assertThat(
            verify(
                request("GET", "/", Headers.of("Host", "h", "Authorization", authorization), "")))
        .extracting(verdict -> ((Refused) verdict).reason())
        .isEqualTo(Reason.INCOMPLETE_SIGNATURE);
    assertThat(
            verify(
                request(
                    "GET",
                    "/",
                    Headers.of("X-Amz-Date", "today", "Host", "h", "Authorization", authorization),
                    "")))
        .extracting(verdict -> ((Refused) verdict).reason())
        .isEqualTo(Reason.INCOMPLETE_SIGNATURE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic YTpi", "Bearer x"})
  void withoutASignatureThereIsNobody(String authorization) {
    Refused missing = refused(Reason.MISSING_AUTHENTICATION_TOKEN, "Missing Authentication Token");

    assertThat(verify(with(authorization))).isEqualTo(missing);
    assertThat(verify(request("GET", "/?X-Amz-Signature=00", Headers.of("Host", "h"), "")))
        .isEqualTo(missing);
  }

  private static HttpRequest presigned(String parameters, Instant time) {
    String date = SigV4.TIMESTAMP.format(time);
    String day = date.substring(0, 8);
    String target =
        "/p?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F"
            + day
            + "%2Fus-east-1%2Flambda%2Faws4_request&X-Amz-Date="
            + date
            + "&X-Amz-SignedHeaders=host"
            + parameters;
    CanonicalRequest canonical =
        CanonicalRequest.of(
            "GET",
            target,
            Headers.of("Host", "h"),
            SigV4.sha256Hex(new byte[0]),
            PathForm.NORMALIZED);
    String signature =
        SigV4.signature(
            SigV4.signingKey("secret", day, "us-east-1", "lambda"),
            SigV4.stringToSign(date, day + "/us-east-1/lambda/aws4_request", canonical));
    return request("GET", target + "&X-Amz-Signature=" + signature, Headers.of("Host", "h"), "");
  }

  @Test
  void aPresignedRequestIsGoodForAsLongAsItSays() {
    assertThat(verify(presigned("&X-Amz-Expires=604800", NOW.minus(Duration.ofDays(7)))))
        .isInstanceOf(Verified.class);
    assertThat(verify(presigned("&X-Amz-Expires=60", NOW.plusSeconds(900))))
        .isInstanceOf(Verified.class);
    assertThat(verify(presigned("&X-Amz-Expires=90", NOW.minusSeconds(91))))
        .isEqualTo(
            refused(
                Reason.INVALID_SIGNATURE,
                "Signature expired: 20261129T115829Z is now earlier than 20261129T115830Z"
                    + " (20261129T120000Z - 90 sec.)"));
    assertThat(verify(presigned("&X-Amz-Expires=60", NOW.plusSeconds(901))))
        .isEqualTo(
            refused(
                Reason.INVALID_SIGNATURE,
                "Signature not yet current: 20261129T121501Z is still later than 20261129T121500Z"
                    + " (20261129T120000Z + 15 min.)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "&X-Amz-Expires=",
        "&X-Amz-Expires=x",
        "&X-Amz-Expires=-1",
        "&X-Amz-Expires=604801",
        "&X-Amz-Expires=99999999999999999999",
        "&X-Amz-Expires=60&X-Amz-Expires=60"
      })
  void aPresignedRequestSaysForHowLongAtMostSevenDays(String expires) {
    assertThat(verify(presigned(expires, NOW)))
        .extracting(verdict -> ((Refused) verdict).reason())
        .isEqualTo(Reason.INCOMPLETE_SIGNATURE);
  }

  @Test
  void aPresignedRequestThatWasChangedIsNobodys() {
    HttpRequest good = presigned("&X-Amz-Expires=60", NOW);

    for (HttpRequest changed :
        List.of(
            request("GET", good.target().replace("/p?", "/q?"), good.headers(), ""),
            request("GET", good.target().replace("=60&", "=61&"), good.headers(), ""),
            request("GET", good.target() + "&more=1", good.headers(), ""),
            request("GET", good.target() + "&X-Amz-Signature=00", good.headers(), ""),
            request("GET", good.target(), good.headers(), "body"))) {
      assertThat(verify(changed)).satisfies(SigV4VerifierTest::doesNotMatch);
    }
    assertThat(verify(good)).isInstanceOf(Verified.class);
  }

  @Test
  void theContentIsReadOnceAKeyIsKnown() {
    SigV4Verifier.Content tooLarge =
        () -> {
          throw new BodyTooLargeException(1);
        };
    HttpRequest unknown = signed(new Credentials("AKIDOTHER", "secret", null), NOW);

    assertThatThrownBy(() -> verifier.verify(signed(PERMANENT, NOW), "us-east-1", tooLarge))
        .isInstanceOf(BodyTooLargeException.class);
    assertThat(catchVerdict(unknown, tooLarge)).isInstanceOf(Refused.class);
  }

  private SignatureVerdict catchVerdict(HttpRequest request, SigV4Verifier.Content content) {
    try {
      return verifier.verify(request, "us-east-1", content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
