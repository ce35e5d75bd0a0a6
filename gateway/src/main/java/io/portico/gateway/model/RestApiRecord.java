package io.portico.gateway.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A REST API. {@code policy} is the resource policy's JSON text; {@code accountId} and {@code
 * region} are where it was created.
 */
public record RestApiRecord(
    String id,
    String accountId,
    String region,
    String name,
    @Nullable String description,
    Instant createdDate,
    @Nullable String version,
    @Nullable List<String> binaryMediaTypes,
    @Nullable Integer minimumCompressionSize,
    String apiKeySource,
    EndpointConfiguration endpointConfiguration,
    @Nullable String policy,
    @Nullable Map<String, String> tags,
    boolean disableExecuteApiEndpoint,
    String rootResourceId,
    @Nullable String securityPolicy,
    @Nullable String endpointAccessMode) {

  /** This API with another resource policy, or none. */
  public RestApiRecord withPolicy(@Nullable String newPolicy) {
    return new RestApiRecord(
        id,
        accountId,
        region,
        name,
        description,
        createdDate,
        version,
        binaryMediaTypes,
        minimumCompressionSize,
        apiKeySource,
        endpointConfiguration,
        newPolicy,
        tags,
        disableExecuteApiEndpoint,
        rootResourceId,
        securityPolicy,
        endpointAccessMode);
  }

  /** This API with other tags. */
  public RestApiRecord withTags(@Nullable Map<String, String> newTags) {
    return new RestApiRecord(
        id,
        accountId,
        region,
        name,
        description,
        createdDate,
        version,
        binaryMediaTypes,
        minimumCompressionSize,
        apiKeySource,
        endpointConfiguration,
        policy,
        newTags,
        disableExecuteApiEndpoint,
        rootResourceId,
        securityPolicy,
        endpointAccessMode);
  }

  /** Where the API can be reached; {@code types} holds exactly one of EDGE, REGIONAL, PRIVATE. */
  public record EndpointConfiguration(
      List<String> types, @Nullable String ipAddressType, @Nullable List<String> vpcEndpointIds) {}
}
