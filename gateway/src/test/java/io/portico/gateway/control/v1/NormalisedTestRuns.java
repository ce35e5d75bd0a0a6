package io.portico.gateway.control.v1;

import io.portico.gateway.aws.AwsPrincipal;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.execute.AuthorizerTestAnswer;
import io.portico.gateway.execute.IamCaller;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.MethodTest;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.TestAnswer;
import io.portico.gateway.execute.authorizer.UserPoolAuthorizers;
import io.portico.gateway.execute.integration.Integrations;
import io.portico.gateway.execute.integration.LambdaInvoke;
import io.portico.gateway.execute.rest.RestPipeline;
import io.portico.gateway.execute.rest.RuntimeState;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.snapshot.TestSnapshot;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tests of methods in the real pipeline, with what differs from run to run always the same. */
final class NormalisedTestRuns implements TestRuns, RunningAuthorizers {
  /** The id of every test. */
  static final String REQUEST_ID = "6b5c0d0c-8f0a-4b0e-9f3a-0123456789ab";

  private final RestPipeline pipeline;

  /** The keys of the stages whose authorizers were told to forget. */
  final List<String> flushed = new ArrayList<>();

  NormalisedTestRuns(Upstream backends, Clock clock, Overruns overruns) {
    Credentials credentials = new Credentials("test", "test", "a session's token");
    this.pipeline =
        new RestPipeline(
            new Invocations(clock, Carrier.UNSHARED, overruns),
            RuntimeState.fresh(
                new LambdaInvoke(backends, credentials, clock),
                new UserPoolAuthorizers(backends, clock)),
            new Integrations(backends, credentials, clock),
            new Telemetry(List.of()));
  }

  @Override
  public TestRuns.Result run(TestSnapshot tested, HttpRequest request, OperationCall call) {
    TestAnswer answer =
        pipeline.test(
            REQUEST_ID,
            request,
            tested.stage(),
            MethodTest.of(tested.method(), tester(call), "tester/1.0"));
    return new TestRuns.Result(
        answer.status(),
        answer.headers(),
        answer.body(),
        answer.latencyMillis(),
        normalised(answer.log()));
  }

  @Override
  public RunningAuthorizers.Result test(
      TestSnapshot tested, HttpRequest request, Map<String, String> context, OperationCall call) {
    AuthorizerTestAnswer answer =
        pipeline.testAuthorizer(
            REQUEST_ID,
            request,
            tested.stage(),
            MethodTest.given(context, tested.method(), tester(call), "tester/1.0"));
    return new RunningAuthorizers.Result(
        answer.clientStatus(),
        7,
        normalised(answer.log()),
        answer.principalId(),
        answer.policy(),
        answer.claims());
  }

  @Override
  public void flush(String stageKey) {
    flushed.add(stageKey);
  }

  private static IamCaller tester(OperationCall call) {
    String account = call.caller().accountId();
    return new IamCaller(
        new AwsPrincipal(account, "arn:aws:iam::" + account + ":root", account),
        "AKIATESTER",
        null);
  }

  private static String normalised(String log) {
    return log.replaceAll("Root=1-[0-9a-f-]+;Parent=[0-9a-f]+;Sampled=0", "TRACE")
        .replaceAll("latency: \\d+ ms", "latency: 7 ms");
  }
}
