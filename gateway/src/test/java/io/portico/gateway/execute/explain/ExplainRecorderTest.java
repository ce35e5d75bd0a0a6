package io.portico.gateway.execute.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.execute.CallTrail;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.Requests;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.telemetry.Answer;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.execute.throttle.Throttles;
import io.portico.gateway.execute.usage.UsageLedger;
import io.portico.gateway.execute.usage.UsageMeters;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.snapshot.GatewaySnapshot;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ExplainRecorderTest {
  private static final HttpResponse REFUSAL =
      new HttpResponse(403, Headers.empty(), Body.of("refused"));

  private final ExplainRing ring = new ExplainRing(new ExplainLimits(10, 10, 1_000_000, 100, 100));
  private final LimitStates limits =
      new LimitStates(
          new BucketStates(new Throttles(), null),
          new UsageStates(new UsageMeters(UsageLedger.NONE, Clock.systemUTC())));
  private final ExplainRecorder recorder = recorder(new EntryMaker(limits, Clock.systemUTC()));

  private ExplainRecorder recorder(EntryMaker maker) {
    return new ExplainRecorder(ring, maker, null);
  }

  private static Invocation invocation() {
    HttpRequest request = Requests.get("/pets");
    return new Invocations(Clock.systemUTC(), Carrier.UNSHARED, Overruns.UNTOLD)
        .explained()
        .begin(
            request,
            Objects.requireNonNull(ApiAddress.of(request)),
            new CaseApi().compile(),
            GatewaySnapshot.EMPTY);
  }

  /** One with a bug. */
  private final class BrokenMaker extends EntryMaker {
    BrokenMaker() {
      super(limits, Clock.systemUTC());
    }

    @Override
    ExplainEntry of(Invocation invocation, int status, @Nullable HttpResponse response) {
      throw new IllegalStateException("a bug");
    }

    @Override
    ExplainEntry of(
        HttpRequest request,
        HttpResponse response,
        FaultCause cause,
        @Nullable ApiAddress address) {
      throw new IllegalStateException("a bug");
    }
  }

  @Test
  void aBugInExplainingLeavesTheAnswerAsItIs() {
    ExplainRecorder broken = recorder(new BrokenMaker());
    Invocation invocation = invocation();

    assertThat(broken.began(invocation).answering(REFUSAL)).isSameAs(REFUSAL);
    assertThat(broken.heard(Requests.get("/x"), REFUSAL, FaultCause.UNKNOWN_API, null))
        .isSameAs(REFUSAL);
    Telemetry.Ending ending = broken.began(invocation);
    assertThatCode(() -> ending.ended(new Answer(invocation, 500, Headers.empty(), 0, true, 1)))
        .doesNotThrowAnyException();
    assertThat(ring.last()).isNull();
  }

  /** An answer may be on its way for minutes, and what was sent for it is of megabytes. */
  @Test
  void theTrailOfACallIsLetGoOfAsItsAnswerLeaves() {
    ExplainRecorder keepsNothing =
        new ExplainRecorder(
            new ExplainRing(new ExplainLimits(0, 0, 0, 0, 0)),
            new EntryMaker(limits, Clock.systemUTC()),
            null);
    for (ExplainRecorder each : List.of(recorder, keepsNothing)) {
      Invocation invocation = invocation();
      CallTrail trail = invocation.observations().trail();
      trail.received(Body.of("received"));
      byte[] event = trail.invokes("arn", new byte[] {'{', '}'});
      trail.functionSaid(event);
      trail.showedUnknown("a-key");
      trail.cacheKey(List.of("id"), List.of(List.of("7")));

      assertThat(each.began(invocation).answering(REFUSAL)).isSameAs(REFUSAL);

      trail.received(Body.of("late"));
      assertThat(trail.received()).isNull();
      assertThat(trail.sent()).isNull();
      assertThat(trail.answered()).isNull();
      assertThat(trail.unknownKey()).isNull();
      assertThat(trail.cacheValues()).isEmpty();
    }
    ExplainEntry kept = Objects.requireNonNull(ring.last());
    assertThat(kept.sent().content().body()).isNotNull();
  }

  @Test
  void theLongestTextsOfARequestCount() {
    String path = "/" + "x".repeat(8_000);

    assertThat(recorder.heard(Requests.get(path + "?q=1"), REFUSAL, FaultCause.UNKNOWN_API, null))
        .isSameAs(REFUSAL);

    assertThat(Objects.requireNonNull(ring.last()).bytes()).isGreaterThan(4 * path.length());
  }
}
