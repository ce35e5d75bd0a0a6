package io.portico.gateway.control.v1;

import io.portico.gateway.aws.AwsPrincipal;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.execute.IamCaller;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.MethodTest;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.TestAnswer;
import io.portico.gateway.execute.integration.Integrations;
import io.portico.gateway.execute.rest.RestPipeline;
import io.portico.gateway.execute.rest.RuntimeState;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.snapshot.TestSnapshot;
import java.time.Clock;
import java.util.List;

/** Tests of methods in the real pipeline, with what differs from run to run always the same. */
final class NormalisedTestRuns implements TestRuns {
  /** The id of every test. */
  static final String REQUEST_ID = "6b5c0d0c-8f0a-4b0e-9f3a-0123456789ab";

  private static final RuntimeState NOTHING_KEPT = RuntimeState.fresh();

  private final RestPipeline pipeline;

  NormalisedTestRuns(Upstream backends, Clock clock, Overruns overruns) {
    this.pipeline =
        new RestPipeline(
            new Invocations(clock, Carrier.UNSHARED, overruns),
            NOTHING_KEPT,
            new Integrations(backends, new Credentials("test", "test", "a session's token"), clock),
            new Telemetry(List.of()));
  }

  @Override
  public Result run(TestSnapshot tested, HttpRequest request, OperationCall call) {
    String account = call.caller().accountId();
    AwsPrincipal root = new AwsPrincipal(account, "arn:aws:iam::" + account + ":root", account);
    TestAnswer answer =
        pipeline.test(
            REQUEST_ID,
            request,
            tested.stage(),
            new MethodTest(tested.method(), new IamCaller(root, "AKIATESTER"), "tester/1.0"));
    return new Result(
        answer.status(),
        answer.headers(),
        answer.body(),
        answer.latencyMillis(),
        answer
            .log()
            .replaceAll("Root=1-[0-9a-f-]+;Parent=[0-9a-f]+;Sampled=0", "TRACE")
            .replaceAll("latency: \\d+ ms", "latency: 7 ms"));
  }
}
