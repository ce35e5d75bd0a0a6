package io.portico.gateway.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.CanonicalRequest.PathForm;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** AWS's signing vectors (source and licence beside them), a folder a case. */
final class SigV4SignerTest {

  @ParameterizedTest
  @MethodSource("vectors")
  void signsAsTheVectorSays(Path vector) throws IOException {
    JsonNode context = Json.parse(Files.readString(vector.resolve("context.json")));
    Request request = Request.parse(Files.readString(vector.resolve("request.txt")));
    JsonNode keys = context.get("credentials");
    JsonNode token = context.get("omit_session_token");
    boolean signToken = token == null || !token.booleanValue();
    Credentials credentials =
        new Credentials(
            keys.get("access_key_id").asString(),
            keys.get("secret_access_key").asString(),
            keys.has("token") && signToken ? keys.get("token").asString() : null);
    SigV4Signer signer =
        new SigV4Signer(
            credentials, context.get("region").asString(), context.get("service").asString());

    Headers signed =
        signer.sign(
            request.method,
            request.target,
            request.headers(context.get("sign_body").booleanValue(), vector),
            payloadHash(vector),
            Instant.parse(context.get("timestamp").asString()),
            context.get("normalize").booleanValue() ? PathForm.NORMALIZED : PathForm.ENCODED_TWICE);

    assertThat(signed.first("Authorization"))
        .endsWith("Signature=" + Files.readString(vector.resolve("header-signature.txt")).strip());
  }

  @Test
  void eachDayHasItsKey() {
    Credentials credentials = new Credentials("key", "secret", null);
    SigV4Signer signer = new SigV4Signer(credentials, "us-east-1", "lambda");
    Instant evening = Instant.parse("2026-11-28T23:59:59Z");
    Instant morning = evening.plusSeconds(1);

    for (Instant now : List.of(evening, morning, morning, evening)) {
      assertThat(authorization(signer, now))
          .isEqualTo(authorization(new SigV4Signer(credentials, "us-east-1", "lambda"), now));
    }
    assertThat(authorization(signer, morning)).isNotEqualTo(authorization(signer, evening));
  }

  private static String authorization(SigV4Signer signer, Instant now) {
    return String.valueOf(
        signer
            .sign("POST", "/", Headers.of("Host", "localhost"), new byte[0], now)
            .first("Authorization"));
  }

  /**
   * The examples that S3 documents, of which one has a key that is encoded:
   * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html.
   */
  @Test
  void signsForS3AsItsExamplesDo() {
    SigV4Signer signer =
        new SigV4Signer(
            new Credentials(
                "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null),
            "us-east-1",
            "s3");
    Instant time = Instant.parse("2013-05-24T00:00:00Z");

    Headers got =
        signer.sign(
            "GET",
            "/test.txt",
            Headers.of("Host", "examplebucket.s3.amazonaws.com", "Range", "bytes=0-9"),
            new byte[0],
            time);
    Headers put =
        signer.sign(
            "PUT",
            "/test$file.text",
            Headers.of(
                "Host", "examplebucket.s3.amazonaws.com",
                "Date", "Fri, 24 May 2013 00:00:00 GMT",
                "x-amz-storage-class", "REDUCED_REDUNDANCY"),
            "Welcome to Amazon S3.".getBytes(StandardCharsets.UTF_8),
            time);

    assertThat(got.first("Authorization"))
        .endsWith("=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    assertThat(put.first("Authorization"))
        .endsWith("=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
  }

  @Test
  void everyVectorIsRun() throws IOException {
    assertThat(vectors()).hasSize(38);
  }

  private static String payloadHash(Path vector) throws IOException {
    List<String> canonical = Files.readAllLines(vector.resolve("header-canonical-request.txt"));
    return canonical.getLast();
  }

  static Stream<Path> vectors() throws IOException {
    URL folder = Objects.requireNonNull(SigV4SignerTest.class.getResource("/suites/aws-sigv4-v4"));
    try (Stream<Path> entries = Files.list(Path.of(folder.toURI()))) {
      return entries.filter(Files::isDirectory).sorted().toList().stream();
    } catch (URISyntaxException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  /** A request as the vectors write it: unencoded, headers folded. */
  private record Request(String method, String target, List<String> lines) {

    static Request parse(String text) {
      String head = text.split("\n\n", 2)[0].replaceAll("\n[ \t]+", " ");
      List<String> lines = head.lines().toList();
      String requestLine = lines.getFirst();
      int first = requestLine.indexOf(' ');
      int last = requestLine.lastIndexOf(' ');
      return new Request(
          requestLine.substring(0, first), requestLine.substring(first + 1, last), lines);
    }

    Headers headers(boolean signBody, Path vector) throws IOException {
      Headers.Builder headers = Headers.builder();
      for (String line : lines.subList(1, lines.size())) {
        int colon = line.indexOf(':');
        headers.add(line.substring(0, colon), line.substring(colon + 1));
      }
      if (signBody) {
        headers.add("x-amz-content-sha256", payloadHash(vector));
      }
      return headers.build();
    }
  }

  @Test
  void aSecretIsNotPrinted() {
    Credentials credentials = new Credentials("AKIDEXAMPLE", "secret", "token");

    assertThat(credentials.toString().getBytes(StandardCharsets.UTF_8))
        .asString()
        .doesNotContain("secret", "token");
  }
}
