package io.portico.gateway.control.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a client sends, it is answered or refused: never a failure of ours. */
final class HostileRequestsTest {
  private static final int ROUNDS = 20;

  private static final String[] JUNK = {
    "null",
    "true",
    "-1",
    "1e999999999",
    "-1e-999999999",
    "123456789012345678901234567890",
    "\"\"",
    "\"\\ud800\"",
    "\"\\u0000\"",
    "[]",
    "[null]",
    "{}",
    "{\"\": null}",
    "[".repeat(600),
    "}",
    "\u00ff",
    "=",
    "////",
    "%",
    "%00",
    "%2F",
    "&",
    "?",
    "+",
    ".",
    ".member",
    ".member.",
    ".member.99999999999",
    ".member.1".repeat(200),
    ".".repeat(5000)
  };

  @ParameterizedTest
  @EnumSource
  void aSpoiltRequestIsNoFailure(AwsApi api) throws IOException {
    ServiceModel model = ServiceModel.of(api);
    AwsApiHandler service =
        new AwsApiHandler(
            model,
            new RecordedCalls().of(model),
            new CallerResolver("000000000000", "us-east-1", new ControlHosts(List.of())));

    for (Operation operation : model.operations()) {
      // Its answer is a stream of events, which REST-JSON does not write.
      if (operation.name().equals("InvokeWithResponseStream")) {
        continue;
      }
      for (int round = 0; round < ROUNDS; round++) {
        Random random = new Random(GeneratedRequest.SEED + round);
        HttpRequest sent = new GeneratedRequest(model, operation, random).request();
        HttpRequest request = spoil(sent, random);

        assertThatCode(() -> service.isHeavy(request)).doesNotThrowAnyException();
        HttpResponse response = service.handle(request);

        assertThat(response.status())
            .as(
                "-Dportico.seed=%d, round %d: %s %s %s",
                GeneratedRequest.SEED,
                round,
                request.method(),
                request.target(),
                new String(request.body().readAll(Long.MAX_VALUE), StandardCharsets.UTF_8))
            .isLessThan(500);
      }
    }
  }

  private static HttpRequest spoil(HttpRequest request, Random random) throws IOException {
    String body = new String(request.body().readAll(Long.MAX_VALUE), StandardCharsets.ISO_8859_1);
    Headers headers = request.headers();
    String target = request.target();
    switch (random.nextInt(4)) {
      case 0 -> target = "/" + spoil(target.substring(1), random);
      case 1 ->
          headers =
              headers.toBuilder()
                  .add(
                      "Authorization",
                      spoil(Requests.authorization("AKIA", "us-east-1", "apigateway"), random))
                  .build();
      default -> body = spoil(body, random);
    }
    return Requests.request(
        request.method(), target, Body.of(body.getBytes(StandardCharsets.ISO_8859_1)), headers);
  }

  /** Puts junk in one place, over as many characters as chance has it. */
  private static String spoil(String text, Random random) {
    int from = random.nextInt(text.length() + 1);
    int to = Math.min(text.length(), from + random.nextInt(8));
    return text.substring(0, from) + JUNK[random.nextInt(JUNK.length)] + text.substring(to);
  }
}
