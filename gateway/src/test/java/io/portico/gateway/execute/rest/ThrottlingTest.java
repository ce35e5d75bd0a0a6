package io.portico.gateway.execute.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.DataPlane;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.NoHttpApis;
import io.portico.gateway.execute.NoWebSocketApis;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.Requests;
import io.portico.gateway.execute.authorizer.UserPoolAuthorizers;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.integration.Integrations;
import io.portico.gateway.execute.integration.LambdaInvoke;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.execute.throttle.Throttles;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.ThrottleLimit;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Limits in the order in which AWS asks for them, and over changes of what is served. */
final class ThrottlingTest {
  private final CurrentSnapshot snapshot = new CurrentSnapshot();

  @Test
  void anEmptyBucketStaysEmptyWhenWhatIsServedIsReplaced() {
    DataPlane gateway = gateway(null);
    serve("{rateLimit: 0.001, burstLimit: 2}", "{}");

    List<Integer> before =
        List.of(call(gateway, "one"), call(gateway, "one"), call(gateway, "one"));
    serve("{rateLimit: 0.001, burstLimit: 2}", "{}");

    assertThat(before).containsExactly(200, 200, 429);
    assertThat(call(gateway, "one")).isEqualTo(429);
    assertThat(call(gateway, "other")).isEqualTo(200);
  }

  @Test
  void aChangedLimitIsInForceWithTheNextCall() {
    DataPlane gateway = gateway(null);
    serve("{rateLimit: 0.001, burstLimit: 1}", "{}");

    List<Integer> before = List.of(call(gateway, "one"), call(gateway, "one"));
    serve("{rateLimit: 0.001, burstLimit: 3}", "{}");

    assertThat(before).containsExactly(200, 429);
    assertThat(List.of(call(gateway, "one"), call(gateway, "one"), call(gateway, "one")))
        .containsExactly(200, 200, 429);
  }

  @Test
  void whoeverIsBeyondTheOwnLimitTakesNothingFromTheOthers() {
    DataPlane gateway = gateway(null);
    serve(
        "{rateLimit: 0.001, burstLimit: 1}",
        "{'*/*': {throttlingRateLimit: 0.001, throttlingBurstLimit: 2}}");

    List<Integer> one = List.of(call(gateway, "one"), call(gateway, "one"), call(gateway, "one"));

    assertThat(one).containsExactly(200, 429, 429);
    assertThat(call(gateway, "other")).isEqualTo(200);
    assertThat(call(gateway, "third")).isEqualTo(429);
  }

  @Test
  void theAccountsLimitHoldsOverAllThatItServes() {
    DataPlane gateway = gateway(ThrottleLimit.of(0.001, 2));
    serve("{rateLimit: 100, burstLimit: 100}", "{}");

    assertThat(List.of(call(gateway, "one"), call(gateway, "other"), call(gateway, "third")))
        .containsExactly(200, 200, 429);
  }

  private DataPlane gateway(@Nullable ThrottleLimit ofAccount) {
    Clock clock = Clock.systemUTC();
    Credentials credentials = new Credentials("test", "test", null);
    Upstream backend = request -> new UpstreamResponse(200, Headers.empty(), Body.EMPTY);
    RuntimeState fresh =
        RuntimeState.fresh(
            new LambdaInvoke(backend, credentials, clock), new UserPoolAuthorizers(backend, clock));
    return new DataPlane(
        snapshot,
        new RestPipeline(
            new Invocations(clock, Carrier.UNSHARED, Overruns.UNTOLD),
            new RuntimeState(
                fresh.authorizers(), new Throttles(), fresh.usage(), fresh.cache(), ofAccount),
            new Integrations(backend, credentials, clock),
            new Telemetry(List.of())),
        NoHttpApis.PIPELINE,
        NoWebSocketApis.PIPELINE,
        Overruns.UNTOLD,
        host -> false);
  }

  private void serve(String planThrottle, String methodSettings) {
    CaseApi api = new CaseApi();
    api.stage("{methodSettings: %s}".formatted(methodSettings));
    api.method("GET", "/pets", "{apiKeyRequired: true}");
    api.usagePlans("{gold: {throttle: %s}}".formatted(planThrottle));
    api.apiKeys("{one: {plans: [gold]}, other: {plans: [gold]}, third: {plans: [gold]}}");
    snapshot.update(current -> api.served());
  }

  private static int call(DataPlane gateway, String key) {
    return gateway
        .handle(
            Requests.request(
                "GET", "/pets", Headers.of("x-api-key", "value-of-the-key-" + key), Body.EMPTY))
        .status();
  }
}
