package io.portico.server;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.v1.RunningAuthorizers;
import io.portico.gateway.execute.AuthorizerTestAnswer;
import io.portico.gateway.execute.MethodTest;
import io.portico.gateway.execute.authorizer.LambdaAuthorizers;
import io.portico.gateway.execute.rest.RestPipeline;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.snapshot.TestSnapshot;
import java.util.Map;

/** The authorizers of the pipeline that answers the calls of APIs. */
final class PipelineAuthorizers implements RunningAuthorizers {
  private final RestPipeline pipeline;
  private final LambdaAuthorizers lambda;
  private final Testers testers;

  /**
   * @param lambda those of which something is kept
   * @param testers know who tests an authorizer
   */
  PipelineAuthorizers(RestPipeline pipeline, LambdaAuthorizers lambda, Testers testers) {
    this.pipeline = pipeline;
    this.lambda = lambda;
    this.testers = testers;
  }

  @Override
  public Result test(
      TestSnapshot tested, HttpRequest request, Map<String, String> context, OperationCall call) {
    AuthorizerTestAnswer answer =
        pipeline.testAuthorizer(
            call.requestId(),
            request,
            tested.stage(),
            MethodTest.given(context, tested.method(), testers.of(call), call.userAgent()));
    return new Result(
        answer.clientStatus(),
        answer.latencyMillis(),
        answer.log(),
        answer.principalId(),
        answer.policy(),
        answer.claims());
  }

  @Override
  public void flush(String stageKey) {
    lambda.flush(stageKey);
  }
}
