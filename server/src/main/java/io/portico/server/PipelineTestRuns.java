package io.portico.server;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.sts.SessionIdentities;
import io.portico.gateway.control.v1.TestRuns;
import io.portico.gateway.execute.IamCaller;
import io.portico.gateway.execute.MethodTest;
import io.portico.gateway.execute.TestAnswer;
import io.portico.gateway.execute.rest.RestPipeline;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.snapshot.TestSnapshot;
import java.time.Clock;

/** Tests methods in the pipeline that answers the calls of APIs. */
final class PipelineTestRuns implements TestRuns {
  private final RestPipeline pipeline;
  private final SessionIdentities identities;
  private final Clock clock;

  /**
   * @param identities know who tests a method
   */
  PipelineTestRuns(RestPipeline pipeline, SessionIdentities identities, Clock clock) {
    this.pipeline = pipeline;
    this.identities = identities;
    this.clock = clock;
  }

  @Override
  public Result run(TestSnapshot tested, HttpRequest request, OperationCall call) {
    IamCaller caller =
        new IamCaller(
            identities.principal(call.caller(), clock.instant()), call.caller().accessKeyId());
    TestAnswer answer =
        pipeline.test(
            call.requestId(),
            request,
            tested.stage(),
            new MethodTest(tested.method(), caller, call.userAgent()));
    return new Result(
        answer.status(), answer.headers(), answer.body(), answer.latencyMillis(), answer.log());
  }
}
