package io.portico.gateway.execute;

import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.snapshot.httpapi.HttpStage;
import io.portico.gateway.snapshot.httpapi.RouteSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The route of an HTTP API that a call reached. For the thread that answers the call. */
public final class RouteMatch extends MatchedCall {
  private final HttpStage stage;
  private final RouteSnapshot route;
  private final Map<String, String> rawPathParameters;
  private @Nullable Map<String, String> pathParameters;

  /**
   * @param stage that of the invocation
   * @param rawPathParameters by name, in the order of the path, not decoded
   */
  public RouteMatch(
      Invocation invocation,
      HttpStage stage,
      RouteSnapshot route,
      Map<String, String> rawPathParameters) {
    super(invocation);
    this.stage = stage;
    this.route = route;
    this.rawPathParameters = rawPathParameters;
  }

  @Override
  public HttpStage stage() {
    return stage;
  }

  /**
   * The path as functions and backends see it: with the stage, unless that is {@code $default}, and
   * without the base path of a custom domain name.
   */
  public String stagePath() {
    String path = invocation().path().text();
    String name = stage.stageName();
    return name.equals(HttpStage.DEFAULT) ? path : "/" + name + path;
  }

  /**
   * The ARN on whose behalf a function is invoked.
   *
   * <p>AWS: the path is the route's as it is configured, not the request's; source: the permissions
   * that AWS's own tools give, such as
   * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_apigatewayv2_integrations.HttpLambdaIntegration.html.
   */
  public String sourceArn() {
    return route.isDefault()
        ? SourceArn.ofMethod(
            stage.region(), stage.accountId(), stage.apiId(), stage.stageName(), "", route.path())
        : SourceArn.ofMethod(
            stage.region(),
            stage.accountId(),
            stage.apiId(),
            stage.stageName(),
            httpMethod(),
            route.path());
  }

  public RouteSnapshot route() {
    return route;
  }

  /** By name, in the order of the path, not decoded. */
  public Map<String, String> rawPathParameters() {
    return rawPathParameters;
  }

  /**
   * The same, decoded.
   *
   * <p>AWS: source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html.
   */
  public Map<String, String> pathParameters() {
    Map<String, String> known = pathParameters;
    if (known == null) {
      known = decoded(rawPathParameters);
      pathParameters = known;
    }
    return known;
  }

  private static Map<String, String> decoded(Map<String, String> raw) {
    if (raw.isEmpty()) {
      return raw;
    }
    Map<String, String> decoded = new LinkedHashMap<>();
    raw.forEach((name, value) -> decoded.put(name, CanonicalPath.decoded(value)));
    return decoded;
  }
}
