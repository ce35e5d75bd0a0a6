package io.portico.gateway.execute;

import io.portico.gateway.snapshot.MethodSettings;
import io.portico.gateway.snapshot.MethodSnapshot;
import io.portico.gateway.snapshot.StageSnapshot;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The method a call reached. For the thread that answers the call. */
public final class MethodMatch extends MatchedCall {
  private final StageSnapshot stage;
  private final MethodSnapshot method;
  private final Map<String, String> pathVariables;
  private @Nullable MethodRequest request;

  /**
   * @param stage that of the invocation
   * @param pathVariables by name, in the order of the path, not decoded
   */
  public MethodMatch(
      Invocation invocation,
      StageSnapshot stage,
      MethodSnapshot method,
      Map<String, String> pathVariables) {
    super(invocation);
    this.stage = stage;
    this.method = method;
    this.pathVariables = pathVariables;
  }

  public MethodSnapshot method() {
    return method;
  }

  /** By name, in the order of the path, not decoded. */
  public Map<String, String> pathVariables() {
    return pathVariables;
  }

  @Override
  public StageSnapshot stage() {
    return stage;
  }

  /** What the stage's settings say of this request; of one that was routed to the method. */
  public MethodSettings settings() {
    return Objects.requireNonNull(method.settings().get(httpMethod()));
  }

  /** The request as the method sees it, its body unread. */
  public MethodRequest request() {
    MethodRequest known = request;
    if (known == null) {
      known = MethodRequest.of(invocation(), pathVariables);
      request = known;
    }
    return known;
  }
}
