package io.portico.conformance;

import static io.portico.conformance.SmallApi.STAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.conformance.client.JavaSdk;
import io.portico.conformance.server.Endpoint;
import io.portico.conformance.server.PorticoProcess;
import io.portico.conformance.wire.Caller;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A stage with access log settings writes one line a request, in the format that it was given. */
final class AccessLogTest {

  @Test
  void aLineHoldsTheContextOfItsRequest() {
    try (PorticoProcess server = PorticoProcess.ephemeral();
        JavaSdk sdk = JavaSdk.of(server.endpoint())) {
      SmallApi api = SmallApi.build(sdk, "127.0.0.1:9").deploy();
      String format =
          "access $context.requestId $context.identity.sourceIp \"$context.httpMethod"
              + " $context.resourcePath\" $context.status $context.responseLength $context.error.message";
      api.patch(
          "UpdateStage",
          Map.of("stageName", STAGE),
          List.of(
              SmallApi.replace(
                  "/accessLogSettings/destinationArn",
                  "arn:aws:logs:" + Endpoint.REGION + ":" + Endpoint.ACCOUNT + ":log-group:access"),
              SmallApi.replace("/accessLogSettings/format", format)));

      HttpResponse<String> answered =
          Caller.get(server.endpoint().pathForm(api.id(), STAGE, "/pets/7"));
      HttpResponse<String> refused =
          Caller.get(server.endpoint().pathForm(api.id(), STAGE, "/nowhere"));

      String line = server.awaitLine(text -> text.contains("access " + requestId(answered)));
      assertThat(line)
          .contains("127.0.0.1 \"GET /pets/{petId}\" 200 " + answered.body().length() + " -");
      assertThat(server.awaitLine(text -> text.contains("access " + requestId(refused))))
          .contains(" 403 ");
    }
  }

  private static String requestId(HttpResponse<?> response) {
    return response.headers().firstValue("x-amzn-RequestId").orElseThrow();
  }
}
