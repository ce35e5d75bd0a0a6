package io.portico.gateway.execute.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.execute.ExecutionTrace;
import io.portico.gateway.execute.integration.LambdaInvoke.Answer;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.snapshot.LambdaFunction;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LambdaInvokeTest {
  private static final String ARN = "arn:aws:lambda:eu-west-1:000000000000:function:pets:live";
  private static final String TRACE =
      "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  private final List<UpstreamRequest> sent = new ArrayList<>();

  @Test
  void postsTheEventSignedToTheFunction() throws IOException {
    LambdaInvoke lambda = answering(Headers.empty());

    lambda.invoke(
        function("http://127.0.0.1:9001"),
        bytes("{}"),
        Headers.of("X-Amz-Invocation-Type", "Event"),
        TRACE,
        Duration.ofSeconds(3),
        ExecutionTrace.OFF);

    UpstreamRequest request = sent.getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target())
        .isEqualTo(
            "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A000000000000%3Afunction%3Apets%3Alive"
                + "/invocations");
    assertThat(request.origin().authority()).isEqualTo("127.0.0.1:9001");
    assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(request.headers().first("X-Amz-Invocation-Type")).isEqualTo("Event");
    assertThat(request.headers().first("X-Amz-Date")).isEqualTo("20260102T030405Z");
    assertThat(request.headers().first("Authorization"))
        .startsWith("AWS4-HMAC-SHA256 Credential=test/20260102/eu-west-1/lambda/aws4_request, ")
        .doesNotContain("x-amzn-trace-id");
    assertThat(request.headers().first("X-Amzn-Trace-Id")).isEqualTo(TRACE);
  }

  @Test
  void tellsAFunctionThatFailed() throws IOException {
    LambdaInvoke lambda = answering(Headers.of("x-amz-function-error", "Unhandled"));

    Answer answer =
        lambda.invoke(
            function("https://lambda.example"),
            bytes("{}"),
            Headers.empty(),
            TRACE,
            Duration.ofSeconds(3),
            ExecutionTrace.OFF);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.functionError()).isEqualTo("Unhandled");
    assertThat(answer.payload()).asString(StandardCharsets.UTF_8).isEqualTo("\"done\"");
    assertThat(sent.getFirst().origin().port()).isEqualTo(443);
  }

  private LambdaInvoke answering(Headers answered) {
    return new LambdaInvoke(
        request -> {
          sent.add(request);
          return new UpstreamResponse(200, answered, Body.of("\"done\""));
        },
        new Credentials("test", "test", null),
        CLOCK);
  }

  private static LambdaFunction function(String endpoint) {
    return LambdaFunction.of(ARN, EndpointUrl.of(URI.create(endpoint)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
