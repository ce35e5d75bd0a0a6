package io.portico.gateway.model.portals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A portal product: endpoints of REST APIs and pages about them that belong together.
 *
 * @param displayOrder which of its pages portals show, and where; null for none
 * @param sharingPolicy which other accounts may have it in their portals, a JSON document; null for
 *     none
 */
public record PortalProductRecord(
    String portalProductId,
    String accountId,
    String region,
    String displayName,
    @Nullable String description,
    @Nullable DisplayOrder displayOrder,
    @Nullable String sharingPolicy,
    Instant lastModified,
    @Nullable Map<String, String> tags) {

  /** The parent of its record. */
  public String scope() {
    return accountId + "/" + region;
  }

  /** The parent of its pages' records. */
  public String parentOfPages() {
    return scope() + "/" + portalProductId;
  }

  /** Its pages in order, by their ARNs; a page that is not there is a draft. */
  public record DisplayOrder(
      @Nullable List<Section> contents,
      @Nullable String overviewPageArn,
      @Nullable List<String> productPageArns) {}

  /** Product REST endpoint pages under one heading. */
  public record Section(String sectionName, List<String> productRestEndpointPageArns) {}
}
