package io.portico.gateway.snapshot.httpapi;

import io.portico.gateway.proxy.CorsPolicy;
import io.portico.gateway.snapshot.AccessLog;
import io.portico.gateway.snapshot.CallLimits;
import io.portico.gateway.snapshot.CloudFront;
import io.portico.gateway.snapshot.ServedStage;
import io.portico.gateway.snapshot.TargetGroup;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stage of an HTTP API, ready to serve: a deployment's frozen API compiled with the stage's own
 * settings.
 *
 * @param key names what is kept for the stage while it serves, whatever its snapshot
 * @param scope account and region: whose limits hold
 * @param accountId twelve digits
 * @param deploymentId null where nothing is deployed
 * @param defaultEndpointDisabled whether nothing is found by the {@code execute-api} address
 * @param variables the stage variables
 * @param routes none where nothing is deployed
 * @param cors which web pages may call it, or null where it says nothing of that
 * @param limits what bounds its calls
 * @param accessLog where and how each answer is logged, or null
 * @param targetGroups what its private integrations lead to
 */
public record HttpStage(
    String key,
    String scope,
    String apiId,
    String apiName,
    String accountId,
    String region,
    String stageName,
    @Nullable String deploymentId,
    boolean defaultEndpointDisabled,
    Map<String, String> variables,
    RouteTable routes,
    @Nullable CorsPolicy cors,
    CallLimits limits,
    @Nullable AccessLog accessLog,
    Set<TargetGroup> targetGroups)
    implements ServedStage {

  /** The name of the stage that is served without a path of its own. */
  public static final String DEFAULT = "$default";

  /**
   * AWS: HTTP APIs trace nothing themselves; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vs-rest.html.
   */
  @Override
  public boolean traced() {
    return false;
  }

  @Override
  public @Nullable CloudFront cloudFront() {
    return null;
  }
}
