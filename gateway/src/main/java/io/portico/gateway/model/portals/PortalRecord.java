package io.portico.gateway.model.portals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A portal: what a web page for consumers of APIs shows, and who may see it.
 *
 * @param endpointConfiguration null where it has the default domain name alone
 * @param includedPortalProductArns products, those of other accounts among them
 * @param logoUri an object in S3, or null for no logo
 * @param publishStatus PUBLISHED or DISABLED
 * @param preview null where none was made yet
 */
public record PortalRecord(
    String portalId,
    String accountId,
    String region,
    Authorization authorization,
    @Nullable Endpoint endpointConfiguration,
    List<String> includedPortalProductArns,
    PortalContent portalContent,
    @Nullable String logoUri,
    @Nullable Instant logoLastUploaded,
    @Nullable String rumAppMonitorName,
    String publishStatus,
    @Nullable Instant lastPublished,
    @Nullable String lastPublishedDescription,
    @Nullable Preview preview,
    Instant lastModified,
    @Nullable Map<String, String> tags) {

  /** The parent of its record. */
  public String scope() {
    return accountId + "/" + region;
  }

  /** Who may see it: users of a pool, or everybody where there is none. */
  public record Authorization(@Nullable CognitoConfig cognitoConfig) {}

  /** A user pool of Amazon Cognito, and the client that the portal is to it. */
  public record CognitoConfig(String appClientId, String userPoolArn, String userPoolDomain) {}

  /** A domain name of one's own, with its certificate. */
  public record Endpoint(String certificateArn, String domainName) {}

  /** What it is called, and its colours by AWS's names for them. */
  public record PortalContent(
      String displayName, @Nullable String description, Map<String, String> customColors) {}

  /** A page that only who knows its URL sees. */
  public record Preview(String previewStatus, @Nullable String previewUrl) {}
}
