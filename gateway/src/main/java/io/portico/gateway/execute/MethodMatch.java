package io.portico.gateway.execute;

import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.snapshot.MethodSnapshot;
import io.portico.gateway.snapshot.StageSnapshot;
import java.util.Map;

/**
 * The method a call reached.
 *
 * @param pathVariables by name, in the order of the path, not decoded
 */
public record MethodMatch(
    Invocation invocation, MethodSnapshot method, Map<String, String> pathVariables) {

  public StageSnapshot stage() {
    return invocation.stage();
  }

  /** The ARN of the method with the request's own verb and path. */
  public String arn() {
    return arn(stage().accountId());
  }

  /** The same with another text in place of the account's number. */
  public String arn(String account) {
    StageSnapshot stage = stage();
    return SourceArn.ofMethod(
        stage.region(),
        account,
        stage.apiId(),
        stage.stageName(),
        invocation.request().method(),
        invocation.path().text());
  }

  /** The request as the method sees it, its body unread. */
  public MethodRequest request() {
    return MethodRequest.of(invocation, pathVariables);
  }
}
