package io.portico.gateway.execute.httpapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.cases.CaseGateway;
import io.portico.gateway.execute.cases.HttpCaseDefinition;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** HTTP backends of HTTP APIs whose stage says that answers go on as they come. */
final class StreamedBackendsTest {
  private static final String STREAM = "{stageVariables: {responseTransferMode: STREAM}}";
  private static final int TOO_LONG = 10 * 1024 * 1024 + 1;

  private final List<UpstreamRequest> sent = new ArrayList<>();

  @Test
  void theHeadComesInTheIntegrationsTimeAndTheRestMayTakeLonger() throws IOException {
    HttpResponse _ = call(STREAM, "{timeoutInMillis: 3000}", "");

    UpstreamRequest request = sent.getFirst();
    assertThat(request.headTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(request.timeout()).isEqualTo(Duration.ofMinutes(15));
    assertThat(request.idleTimeout()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void anAnswerMayBeLongerThanThePayloadLimit() throws IOException {
    HttpResponse answer = call(STREAM, "{}", "b".repeat(TOO_LONG));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().readAll(TOO_LONG)).hasSize(TOO_LONG);
  }

  @Test
  void statusAndHeadersAreMappedAllTheSame() throws IOException {
    HttpResponse answer =
        call(
            STREAM,
            """
            {responseParameters: {'200': {'overwrite:statuscode': '201',
              'append:header.X-Added': by the API, 'append:header.X-Was': $response.header.X-Own}}}
            """,
            "content");

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.headers().first("X-Added")).isEqualTo("by the API");
    assertThat(answer.headers().first("X-Was")).isEqualTo("1");
    assertThat(text(answer)).isEqualTo("content");
  }

  @Test
  void anAnswerWhoseContentIsMappedIsTakenWholeAndBounded() throws IOException {
    String integration =
        "{timeoutInMillis: 3000,"
            + " responseParameters: {'200': {'append:header.X-Name': $response.body.name}}}";

    assertThat(call(STREAM, integration, "{\"name\": \"kit\"}").headers().first("X-Name"))
        .isEqualTo("kit");
    assertThat(sent.getFirst().timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(call(STREAM, integration, "b".repeat(TOO_LONG)).status()).isEqualTo(500);
  }

  /** AWS: HTTP APIs do not stream; source: documented, response-transfer-mode.html. */
  @Test
  void nothingStreamsThatIsNotToldTo() throws IOException {
    for (String stage : List.of("{}", "{stageVariables: {responseTransferMode: BUFFERED}}")) {
      assertThat(call(stage, "{timeoutInMillis: 3000}", "b".repeat(TOO_LONG)).status())
          .isEqualTo(500);
      UpstreamRequest request = sent.getLast();
      assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(3));
      assertThat(request.headTimeout()).isEqualTo(Duration.ofSeconds(3));
      assertThat(request.idleTimeout()).isEqualTo(Duration.ofSeconds(3));
    }
  }

  private HttpResponse call(String stage, String integration, String content) throws IOException {
    HttpCaseDefinition api = new HttpCaseDefinition();
    assertThat(api.take("stage", stage)).isTrue();
    assertThat(api.take("route GET /pets", "")).isTrue();
    assertThat(api.take("integration", integration)).isTrue();
    return CaseGateway.of(
            api.served(),
            request -> {
              sent.add(request);
              return new UpstreamResponse(200, Headers.of("X-Own", "1"), Body.of(content));
            },
            line -> {})
        .handle(
            CaseGateway.fromTheClient(
                "GET",
                "/pets",
                "HTTP/1.1",
                Headers.of("Host", CaseApi.ID + ".execute-api.us-east-1.localhost"),
                Body.EMPTY));
  }

  private static String text(HttpResponse answer) throws IOException {
    return new String(answer.body().readAll(1000), StandardCharsets.UTF_8);
  }
}
