package io.portico.gateway.model;

import io.portico.gateway.json.SmallMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a method calls. {@code type} is one of HTTP, AWS, MOCK, HTTP_PROXY, AWS_PROXY; {@code
 * requestTemplates} maps a content type to a template, whose text may be null; {@code
 * integrationResponses} is keyed by status code.
 */
public record IntegrationRecord(
    String type,
    @Nullable String httpMethod,
    @Nullable String uri,
    @Nullable String connectionType,
    @Nullable String connectionId,
    @Nullable String credentials,
    @Nullable Map<String, String> requestParameters,
    @Nullable Map<String, @Nullable String> requestTemplates,
    @Nullable String passthroughBehavior,
    @Nullable String contentHandling,
    @Nullable Integer timeoutInMillis,
    @Nullable String cacheNamespace,
    @Nullable List<String> cacheKeyParameters,
    @Nullable TlsConfig tlsConfig,
    @Nullable String responseTransferMode,
    @Nullable String integrationTarget,
    @Nullable Map<String, IntegrationResponseRecord> integrationResponses) {
  /** AWS: {@code timeoutInMillis} where none is given; source: recorded, facts INT-01. */
  public static final int DEFAULT_TIMEOUT = 29_000;

  /** The {@code connectionType} of private integrations. */
  public static final String VPC_LINK = "VPC_LINK";

  /** Whether it leads through a VPC link. */
  public boolean isPrivate() {
    return VPC_LINK.equals(connectionType);
  }

  /** This integration with the response added, or put in place of the one of the same status. */
  public IntegrationRecord withResponse(IntegrationResponseRecord response) {
    Map<String, IntegrationResponseRecord> changed = responses();
    changed.put(response.statusCode(), response);
    return withResponses(changed);
  }

  /** This integration without the response. */
  public IntegrationRecord withoutResponse(String statusCode) {
    Map<String, IntegrationResponseRecord> changed = responses();
    changed.remove(statusCode);
    return withResponses(changed);
  }

  /** This integration with another cache namespace. */
  public IntegrationRecord withCacheNamespace(@Nullable String namespace) {
    return new IntegrationRecord(
        type,
        httpMethod,
        uri,
        connectionType,
        connectionId,
        credentials,
        requestParameters,
        requestTemplates,
        passthroughBehavior,
        contentHandling,
        timeoutInMillis,
        namespace,
        cacheKeyParameters,
        tlsConfig,
        responseTransferMode,
        integrationTarget,
        integrationResponses);
  }

  private Map<String, IntegrationResponseRecord> responses() {
    return integrationResponses == null ? new SmallMap<>() : new SmallMap<>(integrationResponses);
  }

  private IntegrationRecord withResponses(Map<String, IntegrationResponseRecord> responses) {
    return new IntegrationRecord(
        type,
        httpMethod,
        uri,
        connectionType,
        connectionId,
        credentials,
        requestParameters,
        requestTemplates,
        passthroughBehavior,
        contentHandling,
        timeoutInMillis,
        cacheNamespace,
        cacheKeyParameters,
        tlsConfig,
        responseTransferMode,
        integrationTarget,
        responses.isEmpty() ? null : responses);
  }

  /** How the backend's certificate is checked. */
  public record TlsConfig(@Nullable Boolean insecureSkipVerification) {}
}
