package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.AwsClient;
import io.portico.conformance.client.EveryClient;
import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.Portico;
import io.portico.conformance.wire.Backend;
import io.portico.conformance.wire.Backend.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

/** Payloads that are compressed, by clients and for them. */
@Portico
final class CompressionTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @EveryClient
  void answersAreCompressedOnceTheApiIsDeployedWithAMinimum(AwsClient client, Endpoint endpoint)
      throws Exception {
    SmallApi api = SmallApi.build(client, "127.0.0.1:9").deploy();
    URI url = endpoint.pathForm(api.id(), STAGE, "/pets/cat");

    minimum(api, "0");
    HttpResponse<byte[]> beforeDeployment = get(url, "gzip");
    api.deploy();
    HttpResponse<byte[]> gzip = get(url, "gzip");
    HttpResponse<byte[]> deflate = get(url, "br;q=0.1, deflate");
    HttpResponse<byte[]> plain = get(url, "identity");

    assertThat(beforeDeployment.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(gzip.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(gzip.headers().firstValueAsLong("Content-Length")).hasValue(gzip.body().length);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
        .isEqualTo(plain.body());
    assertThat(deflate.headers().firstValue("Content-Encoding")).hasValue("deflate");
    assertThat(new InflaterInputStream(new ByteArrayInputStream(deflate.body())).readAllBytes())
        .isEqualTo(plain.body());
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(text(plain)).isEqualTo("{\"pet\": \"cat\"}");
  }

  @Test
  void aBackendsLongAnswerIsCompressedFromTheMinimumOn(Endpoint endpoint) throws Exception {
    String pets = "[" + "{\"name\": \"cat\"}, ".repeat(200_000) + "{}]";
    try (JavaSdk sdk = JavaSdk.of(endpoint);
        Backend backend =
            Backend.answering(
                request -> Answer.ok(request.uri().getPath().equals("/long") ? pets : "[]"))) {
      SmallApi api = SmallApi.build(sdk, backend.address());
      minimum(api, Integer.toString(pets.length()));
      api.deploy();

      HttpResponse<byte[]> longOne =
          get(endpoint.pathForm(api.id(), STAGE, "/backend/long"), "gzip, deflate, br");
      HttpResponse<byte[]> shortOne =
          get(endpoint.pathForm(api.id(), STAGE, "/backend/short"), "gzip, deflate, br");

      assertThat(longOne.headers().firstValue("Content-Encoding")).hasValue("gzip");
      assertThat(longOne.body()).hasSizeLessThan(pets.length() / 50);
      assertThat(new GZIPInputStream(new ByteArrayInputStream(longOne.body())).readAllBytes())
          .isEqualTo(pets.getBytes(StandardCharsets.UTF_8));
      assertThat(shortOne.headers().firstValue("Content-Encoding")).isEmpty();
      assertThat(text(shortOne)).isEqualTo("[]");
    }
  }

  @Test
  void aCompressedRequestReachesTheBackendAsItWas(Endpoint endpoint) throws Exception {
    String pets = "cat dog ".repeat(100_000);
    try (JavaSdk sdk = JavaSdk.of(endpoint);
        Backend backend = Backend.answering(request -> Answer.ok(request.body()))) {
      SmallApi api = SmallApi.build(sdk, backend.address()).deploy();
      URI url = endpoint.pathForm(api.id(), STAGE, "/backend/echo");

      HttpResponse<byte[]> echoed = post(url, "gzip", gzip(pets));
      HttpResponse<byte[]> notCoded = post(url, "gzip", pets.getBytes(StandardCharsets.UTF_8));
      HttpResponse<byte[]> unknown = post(url, "br", gzip(pets));
      HttpResponse<byte[]> bomb = post(url, "gzip", gzip("0".repeat(10 * 1024 * 1024 + 1)));

      assertThat(text(echoed)).isEqualTo(pets);
      assertThat(List.of(notCoded.statusCode(), unknown.statusCode(), bomb.statusCode()))
          .containsExactly(415, 415, 413);
      assertThat(text(unknown)).isEqualTo("{\"message\": \"Unsupported Media Type\"}");
      assertThat(text(bomb)).isEqualTo("{\"message\": \"Request Too Long\"}");
    }
  }

  private static void minimum(SmallApi api, String bytes) {
    api.patch(
        "UpdateRestApi", Map.of(), List.of(SmallApi.replace("/minimumCompressionSize", bytes)));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (OutputStream encoder = new GZIPOutputStream(coded)) {
      encoder.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return coded.toByteArray();
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static HttpResponse<byte[]> get(URI url, String acceptEncoding)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(url)
            .timeout(LIMIT)
            .header("Accept-Encoding", acceptEncoding)
            .build(),
        BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> post(URI url, String contentEncoding, byte[] body)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(url)
            .timeout(LIMIT)
            .header("Content-Encoding", contentEncoding)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofByteArray());
  }
}
