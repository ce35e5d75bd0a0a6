package io.portico.gateway.control.v2;

import io.portico.gateway.control.domains.BasePaths;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.BasePathMappingRecord;
import io.portico.gateway.model.DomainNameRecord;
import org.jspecify.annotations.Nullable;

/**
 * The <b>API mapping key</b>: a base path of one segment or several.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html">Use
 *     API mappings</a>
 */
final class ApiMappingKey {
  private static final String REGIONAL = "REGIONAL";
  private static final String OLD_POLICY = "TLS_1_0";

  private ApiMappingKey() {}

  /**
   * A key as it is stored.
   *
   * @param sent null or empty for every path that no other mapping has
   */
  // AWS: the text is assumed.
  static String stored(@Nullable String sent) {
    if (sent == null || BasePaths.isNone(sent)) {
      return BasePathMappingRecord.NO_BASE_PATH;
    }
    if (!BasePaths.isValid(sent)) {
      throw ServiceException.badRequest(
          "Invalid API mapping key specified. An API mapping key has segments of letters, numbers"
              + " and $-_.+!*'(), with slashes between them");
    }
    return sent;
  }

  /** A stored key as it is replied. */
  // AWS: an empty one is replied; source: assumed.
  static String replied(String basePath) {
    return basePath.equals(BasePathMappingRecord.NO_BASE_PATH) ? "" : basePath;
  }

  static boolean hasSeveralLevels(String basePath) {
    return basePath.indexOf('/') >= 0;
  }

  /** Whether the domain name takes the key. */
  // AWS: keys of several levels are for regional domain names with TLS 1.2; source: documented, as
  // above. The text is assumed.
  static void check(String basePath, DomainNameRecord domain) {
    if (hasSeveralLevels(basePath)
        && (!domain.endpointConfiguration().types().contains(REGIONAL)
            || OLD_POLICY.equals(domain.securityPolicy()))) {
      throw ServiceException.badRequest(
          "API mappings with multiple levels need a regional custom domain name with the TLS 1.2"
              + " security policy");
    }
  }
}
