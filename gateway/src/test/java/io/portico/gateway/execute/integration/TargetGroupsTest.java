package io.portico.gateway.execute.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamException.Reason;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.snapshot.CurrentSnapshot;
import io.portico.gateway.snapshot.GatewaySnapshot;
import io.portico.gateway.snapshot.TargetGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which target of a group gets a request. */
final class TargetGroupsTest {
  private static final String ARN =
      "arn:aws:elasticloadbalancing:us-east-1:000000000000:listener/app/orders/1/2";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Origin NAMED = new Origin(false, "orders.internal", 80, true);

  private final CurrentSnapshot snapshot = new CurrentSnapshot();
  private final Set<String> ill = ConcurrentHashMap.newKeySet();
  private final AtomicInteger looks = new AtomicInteger();
  private final List<UpstreamRequest> sent = new ArrayList<>();
  private final Map<String, Reason> failing = new ConcurrentHashMap<>();
  private TargetHealth health = looking(Duration.ofMillis(1));
  private TargetGroups groups = new TargetGroups(this::answer, health, snapshot);

  @AfterEach
  void stop() {
    health.close();
  }

  private TargetHealth looking(Duration interval) {
    return new TargetHealth(
        new TargetHealth.Rules(interval, 2, 2),
        target -> {
          looks.incrementAndGet();
          if (ill.contains(target.host())) {
            throw new IOException("ill");
          }
        });
  }

  /** Of what follows, nobody looks at targets. */
  private void neverLooks() {
    health.close();
    health = looking(Duration.ZERO);
    groups = new TargetGroups(this::answer, health, snapshot);
  }

  private UpstreamResponse answer(UpstreamRequest request) throws UpstreamException {
    sent.add(request);
    Reason reason = failing.get(request.origin().host());
    if (reason != null) {
      throw new UpstreamException(reason, request.origin().host(), null);
    }
    return new UpstreamResponse(200, Headers.empty(), Body.EMPTY);
  }

  /** A stage that leads to these hosts. */
  private TargetGroup serve(String... hosts) {
    CaseApi api = new CaseApi();
    api.link("vpc links", "{link: {}}");
    api.link(
        "vpc link targets",
        "'%s': [%s]"
            .formatted(
                ARN,
                String.join(", ", List.of(hosts).stream().map(TargetGroupsTest::url).toList())));
    api.integration(
        """
        {type: HTTP_PROXY, uri: 'http://orders.internal/', connectionType: VPC_LINK,
         connectionId: link, integrationTarget: '%s'}
        """
            .formatted(ARN));
    GatewaySnapshot served = api.served();
    snapshot.update(before -> served);
    return Objects.requireNonNull(served.stage(CaseApi.ID, CaseApi.STAGE))
        .targetGroups()
        .iterator()
        .next();
  }

  private static String url(String host) {
    return "'http://" + host + ":9001'";
  }

  private String send(TargetGroup group) throws Exception {
    return send(group, "GET", Body.EMPTY);
  }

  /** The host that has answered. */
  private String send(TargetGroup group, String method, Body body) throws Exception {
    Upstream upstream = groups.of(group);
    upstream.send(
        new UpstreamRequest(method, NAMED, "/", Headers.empty(), body, Duration.ofSeconds(20)));
    return sent.getLast().origin().host();
  }

  private List<String> hosts(TargetGroup group, int requests) throws Exception {
    List<String> hosts = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      hosts.add(send(group));
    }
    return hosts;
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(2_000_000);
    }
  }

  private void awaitIll(Origin target, boolean expected) {
    await(() -> health.isHealthy(target) != expected);
  }

  @Test
  void requestsGoToTargetsInTurn() throws Exception {
    neverLooks();
    TargetGroup group = serve("a.test", "b.test", "c.test");

    assertThat(hosts(group, 7))
        .containsExactly("a.test", "b.test", "c.test", "a.test", "b.test", "c.test", "a.test");
    assertThat(looks).hasValue(0);
  }

  @Test
  void anUnhealthyTargetIsLeftOutUntilItIsHealthyAgain() throws Exception {
    TargetGroup group = serve("a.test", "b.test", "c.test");
    Origin second = group.targets().get(1);

    ill.add("b.test");
    awaitIll(second, true);
    await(() -> !inTurn(group).contains("b.test"));
    assertThat(hosts(group, 6))
        .doesNotContain("b.test")
        .satisfies(hosts -> assertThat(hosts.stream().filter("a.test"::equals)).hasSize(3));

    ill.clear();
    awaitIll(second, false);
    await(() -> inTurn(group).contains("b.test"));
  }

  private List<String> inTurn(TargetGroup group) {
    try {
      return hosts(group, 3);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void allAreAskedWhileNoneIsHealthy() throws Exception {
    TargetGroup group = serve("a.test", "b.test");

    ill.addAll(List.of("a.test", "b.test"));
    group.targets().forEach(target -> awaitIll(target, true));

    await(() -> Set.copyOf(inTurn(group)).equals(Set.of("a.test", "b.test")));
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECT_FAILED", "CONNECT_TIMEOUT", "UNKNOWN_HOST", "LOST_AND_UNREACHED"})
  void aTargetThatCannotBeConnectedToIsPassedOver(Reason reason) throws Exception {
    neverLooks();
    TargetGroup group = serve("a.test", "b.test");
    failing.put("a.test", reason);
    Body body = Body.of("an order");

    assertThat(send(group, "POST", body)).isEqualTo("b.test");

    assertThat(sent)
        .extracting(request -> request.origin().host())
        .containsExactly("a.test", "b.test");
    assertThat(sent).allSatisfy(request -> assertThat(request.body()).isSameAs(body));
    assertThat(sent.getLast().timeout()).isPositive().isLessThan(sent.getFirst().timeout());
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CONNECT_FAILED", "CONNECT_TIMEOUT", "UNKNOWN_HOST", "LOST_AND_UNREACHED"})
  void whatMayHaveReachedATargetIsSentToNoOther(Reason reason) {
    neverLooks();
    TargetGroup group = serve("a.test", "b.test");
    failing.put("a.test", reason);

    UpstreamException failure = catchThrowableOfType(UpstreamException.class, () -> send(group));

    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(sent).hasSize(1);
  }

  @Test
  void eachTargetIsAskedOnceWhereNoneIsThere() {
    neverLooks();
    TargetGroup group = serve("a.test", "b.test", "c.test");
    group.targets().forEach(target -> failing.put(target.host(), Reason.CONNECT_FAILED));

    UpstreamException failure = catchThrowableOfType(UpstreamException.class, () -> send(group));

    assertThat(failure).hasMessage("c.test");
    assertThat(sent).hasSize(3);
  }

  @Test
  void targetsAreLookedAtAsLongAsAStageLeadsToThem() throws Exception {
    assertThat(health.size()).isZero();
    TargetGroup group = serve("a.test", "b.test");
    await(() -> looks.get() > 10);
    ill.add("a.test");
    awaitIll(group.targets().getFirst(), true);

    serve("a.test", "c.test");
    assertThat(health.size()).isEqualTo(2);
    assertThat(health.isHealthy(group.targets().getFirst())).as("is still known").isFalse();

    snapshot.update(before -> GatewaySnapshot.EMPTY);
    assertThat(health.size()).isZero();
    assertThat(health.isHealthy(group.targets().getFirst())).as("is forgotten").isTrue();
    assertThat(send(group)).as("a method that is tested").isEqualTo("a.test");
    assertThat(health.size()).isZero();
  }

  @Test
  void somebodyIsToldHowTargetsAre() {
    AtomicReference<Map<String, TargetGroups.Hosts>> told = new AtomicReference<>();
    groups.onHealth(told::set);
    assertThat(told.get()).isEmpty();

    serve("a.test", "b.test");
    assertThat(told.get()).containsExactly(Map.entry(ARN, new TargetGroups.Hosts(2, 0)));
    ill.add("b.test");
    await(() -> told.get().equals(Map.of(ARN, new TargetGroups.Hosts(1, 1))));

    snapshot.update(before -> GatewaySnapshot.EMPTY);
    assertThat(told.get()).isEmpty();
  }
}
