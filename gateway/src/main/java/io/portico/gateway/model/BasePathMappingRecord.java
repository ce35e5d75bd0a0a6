package io.portico.gateway.model;

import org.jspecify.annotations.Nullable;

/**
 * What a base path of a custom domain name leads to.
 *
 * @param domainName the {@linkplain DomainNameRecord#key() key} of the domain name
 * @param basePath one segment or several, with slashes between them; {@value #NO_BASE_PATH} for
 *     every path that no other one of the domain name has
 * @param stage null where callers name the stage behind the base path
 * @param id by which v2 knows it; null where an older Portico has stored it
 */
public record BasePathMappingRecord(
    String domainName,
    String basePath,
    String restApiId,
    @Nullable String stage,
    @Nullable String id) {

  /** AWS: what an empty base path is called. */
  public static final String NO_BASE_PATH = "(none)";

  /** What tells it from the mappings of other domain names, which have no slash. */
  public String key() {
    return domainName + "/" + basePath;
  }
}
