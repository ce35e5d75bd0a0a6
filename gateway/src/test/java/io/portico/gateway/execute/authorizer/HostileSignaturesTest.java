package io.portico.gateway.execute.authorizer;

import static io.portico.gateway.execute.authorizer.SignedPlane.NOW;
import static io.portico.gateway.execute.authorizer.SignedPlane.ROOT;
import static io.portico.gateway.execute.authorizer.SignedPlane.request;
import static io.portico.gateway.execute.authorizer.SignedPlane.signed;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.authorizer.SignedPlane.Answer;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.hostile.HostileText;
import io.portico.gateway.execute.hostile.Told;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands where a signature could, it is refused with a text of our own. */
final class HostileSignaturesTest {
  private static final int CALLS = 3_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noSignatureIsAFailureOfOurs(long seed) {
    HostileText text = new HostileText(seed);
    CaseApi api = new CaseApi();
    api.method("ANY", "/{proxy+}", "{authorizationType: AWS_IAM}");
    SignedPlane plane = new SignedPlane(api);
    Map<String, Integer> answers = new TreeMap<>();
    for (int i = 0; i < CALLS; i++) {
      HttpRequest request = text.once(2) ? spoilt(text) : presigned(text);
      String call = "seed %d, call %d: %s %s".formatted(seed, i, request, request.headers());

      Answer answer = plane.answer(request);

      assertThat(answer.status()).as(call).isIn(200, 400, 403, 414, 431);
      Told.checkText(call, answer.body());
      answers.merge(String.valueOf(answer.errorType()), 1, Integer::sum);
    }
    assertThat(answers)
        .as("seed %d", seed)
        .containsKeys(
            "IncompleteSignatureException",
            "InvalidSignatureException",
            "MissingAuthenticationTokenException",
            "UnrecognizedClientException");
  }

  /** A request that was signed, and something hostile somewhere in its fields. */
  private static HttpRequest spoilt(HostileText text) {
    HttpRequest good = signed(ROOT, "GET", "/pets?" + text.query("q"));
    Headers.Builder headers = Headers.builder();
    for (Headers.Field field : good.headers()) {
      String value = field.value();
      if (text.once(3)) {
        int from = text.below(value.length() + 1);
        int to = text.once(2) ? from : from + text.below(value.length() + 1 - from);
        value = value.substring(0, from) + text.field() + value.substring(to);
      }
      if (!text.once(15)) {
        headers.add(field.name(), value.strip());
      }
      if (text.once(15)) {
        headers.add(field.name(), text.authorization());
      }
    }
    return SignedPlane.onTheWire(good.method(), good.target(), headers.build(), "");
  }

  /** Parameters as those of a request that is signed in its query, most of the time. */
  private static HttpRequest presigned(HostileText text) {
    StringBuilder query = new StringBuilder(text.query("X-Amz-Algorithm", "X-Amz-Credential"));
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("X-Amz-Algorithm", "AWS4-HMAC-SHA256");
    parameters.put(
        "X-Amz-Credential", "AKIAROOT%2F20261129%2Fus-east-1%2Fexecute-api%2Faws4_request");
    parameters.put("X-Amz-Date", "20261129T120000Z");
    parameters.put("X-Amz-Expires", "60");
    parameters.put("X-Amz-SignedHeaders", "host");
    parameters.put("X-Amz-Signature", "0".repeat(64));
    parameters.forEach(
        (name, value) -> {
          if (!text.once(20)) {
            query.append('&').append(name).append('=');
            query.append(text.once(6) ? text.one(text.ofTarget(), text.number()) : value);
          }
        });
    Headers headers =
        text.once(5) ? Headers.of("Authorization", text.authorization()) : Headers.empty();
    HttpRequest request = request("GET", "/pets?" + query, headers, "");
    return text.once(10) ? signed(ROOT, request, "", NOW) : request;
  }
}
