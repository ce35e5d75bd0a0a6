package io.portico.gateway.model;

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

  /** How the backend's certificate is checked. */
  public record TlsConfig(@Nullable Boolean insecureSkipVerification) {}
}
