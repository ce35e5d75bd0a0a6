package io.portico.gateway.model.v2;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP or WebSocket API; {@code protocolType} is {@value #HTTP} or {@value #WEBSOCKET}. {@code
 * importInfo} and {@code warnings} are those of the last import.
 */
public record ApiRecord(
    String apiId,
    String accountId,
    String region,
    String name,
    String protocolType,
    @Nullable String description,
    @Nullable String version,
    String routeSelectionExpression,
    String apiKeySelectionExpression,
    @Nullable Cors corsConfiguration,
    boolean disableExecuteApiEndpoint,
    @Nullable Boolean disableSchemaValidation,
    String ipAddressType,
    @Nullable Map<String, String> tags,
    @Nullable List<String> importInfo,
    @Nullable List<String> warnings,
    Instant createdDate) {

  public static final String HTTP = "HTTP";
  public static final String WEBSOCKET = "WEBSOCKET";

  /** Account and region. */
  public String scope() {
    return accountId + "/" + region;
  }

  public boolean isHttp() {
    return protocolType.equals(HTTP);
  }

  public ApiRecord withCors(@Nullable Cors cors) {
    return new ApiRecord(
        apiId,
        accountId,
        region,
        name,
        protocolType,
        description,
        version,
        routeSelectionExpression,
        apiKeySelectionExpression,
        cors,
        disableExecuteApiEndpoint,
        disableSchemaValidation,
        ipAddressType,
        tags,
        importInfo,
        warnings,
        createdDate);
  }

  public ApiRecord withTags(@Nullable Map<String, String> newTags) {
    return new ApiRecord(
        apiId,
        accountId,
        region,
        name,
        protocolType,
        description,
        version,
        routeSelectionExpression,
        apiKeySelectionExpression,
        corsConfiguration,
        disableExecuteApiEndpoint,
        disableSchemaValidation,
        ipAddressType,
        newTags,
        importInfo,
        warnings,
        createdDate);
  }

  public ApiRecord withImport(List<String> info, List<String> importWarnings) {
    return new ApiRecord(
        apiId,
        accountId,
        region,
        name,
        protocolType,
        description,
        version,
        routeSelectionExpression,
        apiKeySelectionExpression,
        corsConfiguration,
        disableExecuteApiEndpoint,
        disableSchemaValidation,
        ipAddressType,
        tags,
        info,
        importWarnings,
        createdDate);
  }

  /**
   * Which web pages may call an HTTP API, and how.
   *
   * @param maxAge seconds that a browser may keep the answer to a preflight
   */
  public record Cors(
      @Nullable Boolean allowCredentials,
      @Nullable List<String> allowHeaders,
      @Nullable List<String> allowMethods,
      @Nullable List<String> allowOrigins,
      @Nullable List<String> exposeHeaders,
      @Nullable Integer maxAge) {}
}
