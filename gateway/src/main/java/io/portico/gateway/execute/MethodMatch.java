package io.portico.gateway.execute;

import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.snapshot.MethodSettings;
import io.portico.gateway.snapshot.MethodSnapshot;
import io.portico.gateway.snapshot.StageSnapshot;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The method a call reached. For the thread that answers the call. */
public final class MethodMatch {
  private final Invocation invocation;
  private final MethodSnapshot method;
  private final Map<String, String> pathVariables;
  private @Nullable MethodRequest request;
  private @Nullable String arn;

  /**
   * @param pathVariables by name, in the order of the path, not decoded
   */
  public MethodMatch(
      Invocation invocation, MethodSnapshot method, Map<String, String> pathVariables) {
    this.invocation = invocation;
    this.method = method;
    this.pathVariables = pathVariables;
  }

  public Invocation invocation() {
    return invocation;
  }

  public MethodSnapshot method() {
    return method;
  }

  /** By name, in the order of the path, not decoded. */
  public Map<String, String> pathVariables() {
    return pathVariables;
  }

  public StageSnapshot stage() {
    return invocation.stage();
  }

  /** The HTTP method that was called, where that of the method itself may be {@code ANY}. */
  public String httpMethod() {
    return invocation.httpMethod();
  }

  /** What the stage's settings say of this request; of one that was routed to the method. */
  public MethodSettings settings() {
    return Objects.requireNonNull(method.settings().get(httpMethod()));
  }

  /** The ARN of the method with the request's own verb and path. */
  public String arn() {
    String known = arn;
    if (known == null) {
      known = arn(stage().accountId());
      arn = known;
    }
    return known;
  }

  /** The same with another text in place of the account's number. */
  public String arn(String account) {
    StageSnapshot stage = stage();
    return SourceArn.ofMethod(
        stage.region(),
        account,
        stage.apiId(),
        stage.stageName(),
        httpMethod(),
        invocation.path().text());
  }

  /** The request as the method sees it, its body unread. */
  public MethodRequest request() {
    MethodRequest known = request;
    if (known == null) {
      known = MethodRequest.of(invocation, pathVariables);
      request = known;
    }
    return known;
  }
}
