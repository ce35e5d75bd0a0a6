package io.portico.gateway.execute.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.Requests;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.ContentCoding;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The payload limit holds for what is sent, and for what that becomes. */
final class DecompressionTest {
  private static final int LIMIT = 10 * 1024 * 1024;

  private final List<Long> received = new ArrayList<>();

  @Test
  void aRequestIsAsLongAsItsLimitDecompressed() {
    assertThat(post(ContentCoding.GZIP.encode(new byte[LIMIT])).status()).isEqualTo(200);

    assertThat(received).containsExactly((long) LIMIT);
  }

  @Test
  void aRequestThatIsTooLongDecompressedIsRefused() throws IOException {
    HttpResponse answer = post(ContentCoding.DEFLATE.encode(new byte[LIMIT + 1]), "deflate");

    assertThat(answer.status()).isEqualTo(413);
    assertThat(new String(answer.body().readAll(1_000), UTF_8))
        .isEqualTo("{\"message\": \"Request Too Long\"}");
    assertThat(received).isEmpty();
  }

  @Test
  void aBombIsRefusedBeforeItIsMade() {
    byte[] bomb = ContentCoding.GZIP.encode(ContentCoding.GZIP.encode(new byte[6 * LIMIT]));

    assertThat(post(bomb).status()).isEqualTo(200);
    assertThat(post(ContentCoding.GZIP.encode(new byte[6 * LIMIT])).status()).isEqualTo(413);
  }

  private HttpResponse post(byte[] content) {
    return post(content, "gzip");
  }

  private HttpResponse post(byte[] content, String coding) {
    return TestGateway.of(
            new CaseApi(),
            request -> {
              received.add(request.body().length());
              return new UpstreamResponse(200, Headers.empty(), Body.EMPTY);
            })
        .handle(
            Requests.request(
                "GET", "/pets", Headers.of("Content-Encoding", coding), Body.of(content)));
  }
}
