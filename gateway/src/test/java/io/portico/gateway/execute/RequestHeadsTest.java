package io.portico.gateway.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.ClientConnection;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.CallLimits.Bound;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.StageSnapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestHeadsTest {
  private static final int MOST_BYTES = 1_000;

  private final List<String> told = new ArrayList<>();
  private final RequestHeads heads = new RequestHeads(new Told(told));

  private record Told(List<String> lines) implements Overruns {
    @Override
    public void payload(ServedStage stage, long bytes) {
      throw new AssertionError();
    }

    @Override
    public void payloadBeyond(ServedStage stage, long bytes) {
      throw new AssertionError();
    }

    @Override
    public void iterations(ServedStage stage, long count) {
      throw new AssertionError();
    }

    @Override
    public void headers(ServedStage stage, long bytes) {
      lines.add("headers " + bytes);
    }

    @Override
    public void url(ServedStage stage, long characters) {
      lines.add("url " + characters);
    }

    @Override
    public void authorizerResult(ServedStage stage, long bytes) {
      throw new AssertionError();
    }
  }

  /** A stage of a Regional API whose calls' heads have these bounds. */
  private static StageSnapshot stage(Bound headers, Bound url) {
    CallLimits aws = CallLimits.AWS;
    return new CaseApi()
        .compile(
            new CallLimits(
                aws.payload(),
                aws.iterations(),
                headers,
                url,
                aws.edgeUrl(),
                aws.webSocketUrl(),
                aws.authorizerResult()));
  }

  private static HttpRequest request(String target, String... headers) {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4566);
    return new HttpRequest(
        "GET",
        target,
        "HTTP/1.1",
        Headers.of(headers),
        Body.EMPTY,
        new ClientConnection(loopback, loopback, null),
        System.nanoTime());
  }

  private @Nullable String refusal(HttpRequest request, StageSnapshot stage) throws IOException {
    HttpResponse refusal = heads.refusal(request, stage);
    return refusal == null
        ? null
        : refusal.status()
            + " "
            + new String(refusal.body().readAll(MOST_BYTES), StandardCharsets.UTF_8);
  }

  @Test
  void valuesOfAllFieldsTogetherAreBounded() throws IOException {
    StageSnapshot stage = stage(CallLimits.AWS.headers(), CallLimits.AWS.url());

    assertThat(refusal(request("/", "A", "a".repeat(5_120), "B", "b".repeat(5_120)), stage))
        .isNull();
    assertThat(refusal(request("/", "A", "a".repeat(5_120), "B", "b".repeat(5_121)), stage))
        .isEqualTo("431 {\"message\":\"HTTP header is larger than 10240 bytes.\"}");
  }

  @Test
  void urlsHaveSchemeAndHostToo() throws IOException {
    StageSnapshot stage = stage(CallLimits.AWS.headers(), CallLimits.AWS.url());
    String longest = "/" + "a".repeat(10_240 - "https://example.com/".length());

    assertThat(refusal(request(longest, "Host", "example.com"), stage)).isNull();
    assertThat(refusal(request(longest + "a", "Host", "example.com"), stage))
        .isEqualTo("414 {\"message\":\"Request URI too long\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/?a=1|2", "/?a={", "/?a=}", "/?|"})
  void charactersThatQueriesMayNotHaveAreRefused(String target) throws IOException {
    HttpResponse refusal = Objects.requireNonNull(RequestHeads.refusalOfQuery(request(target)));

    assertThat(refusal.status()).isEqualTo(400);
    assertThat(new String(refusal.body().readAll(MOST_BYTES), StandardCharsets.UTF_8))
        .isEqualTo("{\"message\":\"Bad Request\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a|{b}", "/?a=%7C%7b%7D", "/?a[b]=~^&c"})
  void otherCharactersOfTargetsAreNot(String target) {
    assertThat(RequestHeads.refusalOfQuery(request(target))).isNull();
  }

  @Test
  void edgeOptimizedApisHaveABoundOfTheirOwn() throws IOException {
    CaseApi edge = new CaseApi();
    edge.api("{endpointConfiguration: {types: [EDGE]}}");
    StageSnapshot stage = edge.compile();

    assertThat(stage.cloudFront()).isNotNull();
    assertThat(refusal(request("/" + "a".repeat(8_192 - 9)), stage)).isNull();
    assertThat(refusal(request("/" + "a".repeat(8_192 - 8)), stage)).startsWith("414 ");
  }

  @Test
  void longOnesAreTakenAndToldOf() throws IOException {
    StageSnapshot stage = stage(Bound.telling(3), Bound.telling(12));

    assertThat(refusal(request("/abc", "A", "abc"), stage)).isNull();
    assertThat(told).isEmpty();
    assertThat(refusal(request("/abcd", "A", "abcd"), stage)).isNull();
    assertThat(told).containsExactly("headers 4", "url 13");
  }

  @Test
  void whatIsOffIsNotLookedAt() throws IOException {
    StageSnapshot stage = stage(Bound.NONE, Bound.NONE);

    assertThat(refusal(request("/" + "a".repeat(20_000), "A", "a".repeat(20_000)), stage)).isNull();
    assertThat(told).isEmpty();
  }

  @Test
  void aRefusalHasItsRequestsId() {
    HttpResponse refusal =
        heads.refusal(request("/", "A", "aaaa"), stage(Bound.refusing(3), Bound.NONE));

    assertThat(Objects.requireNonNull(refusal).headers().first("x-amzn-RequestId"))
        .matches("[0-9a-f-]{36}");
  }
}
