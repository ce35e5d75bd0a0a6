package io.portico.server;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.v1.TestRuns;
import io.portico.gateway.execute.MethodTest;
import io.portico.gateway.execute.TestAnswer;
import io.portico.gateway.execute.rest.RestPipeline;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.snapshot.TestSnapshot;

/** Tests methods in the pipeline that answers the calls of APIs. */
final class PipelineTestRuns implements TestRuns {
  private final RestPipeline pipeline;
  private final Testers testers;

  /**
   * @param testers know who tests a method
   */
  PipelineTestRuns(RestPipeline pipeline, Testers testers) {
    this.pipeline = pipeline;
    this.testers = testers;
  }

  @Override
  public Result run(TestSnapshot tested, HttpRequest request, OperationCall call) {
    TestAnswer answer =
        pipeline.test(
            call.requestId(),
            request,
            tested.stage(),
            MethodTest.of(tested.method(), testers.of(call), call.userAgent()));
    return new Result(
        answer.status(), answer.headers(), answer.body(), answer.latencyMillis(), answer.log());
  }
}
