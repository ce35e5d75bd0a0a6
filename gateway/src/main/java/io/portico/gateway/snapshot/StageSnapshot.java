package io.portico.gateway.snapshot;

import io.portico.gateway.aws.policy.Policy;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A stage of a REST API, ready to serve: a deployment's frozen API compiled with the stage's own
 * settings.
 *
 * @param key names what is kept for the stage while it serves, whatever its snapshot and release
 * @param scope account and region: whose API keys, usage plans and limits hold
 * @param accountId twelve digits
 * @param deploymentId null where a method is tested that none has
 * @param defaultEndpointDisabled whether the {@code execute-api} address answers 403
 * @param refusal closes the whole stage (PRIVATE endpoint, mTLS, web ACL), or null
 * @param policy the API's resource policy as it was deployed, or null
 * @param variables the stage variables, in the order a template goes through them
 * @param gatewayResponses the customised gateway responses
 * @param minimumCompressionSize from how many bytes on answers are compressed for clients that ask
 *     for it; null where none is
 * @param limits what bounds its calls
 * @param cacheCluster where its answers are kept, or null where none are: a canary need not use the
 *     stage's
 * @param cloudFront what stands before an edge-optimised API, or null for any other
 * @param traced whether calls are traced whoever makes them ({@code tracingEnabled})
 * @param accessLog where and how each answer is logged, or null
 * @param logsExecutions whether any of its methods has an execution log
 * @param release which of the stage's this is
 * @param targetGroups what its private integrations lead to, those of its canary among them
 * @param canary the stage's canary release, or null: in a snapshot of that release, too
 */
public record StageSnapshot(
    String key,
    String scope,
    String apiId,
    String apiName,
    String accountId,
    String region,
    String stageName,
    @Nullable String deploymentId,
    boolean defaultEndpointDisabled,
    @Nullable Refusal refusal,
    @Nullable Policy policy,
    Map<String, String> variables,
    RoutingTree routes,
    GatewayResponses gatewayResponses,
    BinaryMediaTypes binaryMediaTypes,
    @Nullable Integer minimumCompressionSize,
    CallLimits limits,
    @Nullable CacheCluster cacheCluster,
    @Nullable CloudFront cloudFront,
    boolean traced,
    @Nullable AccessLog accessLog,
    boolean logsExecutions,
    Release release,
    Set<TargetGroup> targetGroups,
    @Nullable CanaryRelease canary)
    implements ServedStage {}
