package io.portico.gateway.compile;

import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.snapshot.TargetGroup;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where private integrations ({@code connectionType VPC_LINK}) lead: through a VPC link to the
 * servers that are configured for the ARN that the link or the integration names. A link that is
 * not there, or not available, and an ARN without servers lead nowhere.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/private-integration.html">Private
 *     integrations for REST APIs</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html">Private
 *     integrations for HTTP APIs</a>
 */
public final class PrivateTargets {
  private static final Pattern SERVER_NAME = Pattern.compile("[A-Za-z0-9._-]{1,253}");

  private final String account;
  private final String region;
  private final VpcLinks links;
  private final LinkTargets configured;
  private final StageVariables variables;

  /**
   * @param account the API's
   * @param region the API's
   * @param links those of the API's account and region
   * @param configured which servers stand for an ARN
   * @param variables the stage's
   */
  public PrivateTargets(
      String account,
      String region,
      VpcLinks links,
      LinkTargets configured,
      StageVariables variables) {
    this.account = account;
    this.region = region;
    this.links = links;
    this.configured = configured;
    this.variables = variables;
  }

  /**
   * Those of an integration of a REST or WebSocket API.
   *
   * <p>AWS: the uri is not used for routing; its scheme says whether TLS is spoken, and its host is
   * the name in the certificate. Source: documented, PutIntegration and
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-api-with-vpclink-using-swagger.html.
   * A server whose URL is {@code https} is not spoken to without TLS, whatever the uri says.
   *
   * @param connectionId may have stage variables
   * @param integrationTarget goes before the load balancer of the link; one of version 2 has none
   *     of its own
   * @param address that of the uri
   */
  TargetGroup ofRestApi(
      @Nullable String connectionId, @Nullable String integrationTarget, Origin address)
      throws UnusableException {
    VpcLinks.Link link = link(connectionId);
    String arn =
        integrationTarget == null || integrationTarget.isEmpty()
            ? link.targetArn()
            : resolved(integrationTarget, "integrationTarget");
    if (arn == null) {
      // AWS: "IntegrationTarget is required for VpcLinkV2"; source: reported,
      // https://github.com/hashicorp/terraform-provider-aws/issues/45230.
      throw new UnusableException("a VPC link V2 leads nowhere without an integrationTarget");
    }
    return group(
        arn,
        target ->
            new Origin(
                address.tls() || target.tls(),
                target.host(),
                target.port(),
                address.verifyTls(),
                address.identity(),
                address.tls() ? address.certifiedName() : null));
  }

  /**
   * Those of an integration of an HTTP API.
   *
   * <p>AWS: HTTP, but where a server name is to be verified; source: documented, as above. A server
   * whose URL is {@code https} is spoken to by TLS without one, too.
   *
   * @param arn of a listener or a service of Cloud Map; may have stage variables
   * @param serverName {@code tlsConfig.serverNameToVerify}, or null
   */
  public TargetGroup ofHttpApi(
      @Nullable String connectionId, @Nullable String arn, @Nullable String serverName)
      throws UnusableException {
    VpcLinks.Link link = link(connectionId);
    if (link.targetArn() != null) {
      throw new UnusableException("HTTP APIs have VPC links V2: " + connectionId);
    }
    if (arn == null) {
      throw new UnusableException("the integration has no uri");
    }
    if (serverName != null && !SERVER_NAME.matcher(serverName).matches()) {
      throw new UnusableException("serverNameToVerify is no server's name: " + serverName);
    }
    return group(
        resolved(arn, "uri"),
        target ->
            new Origin(
                serverName != null || target.tls(),
                target.host(),
                target.port(),
                target.verifyTls(),
                null,
                serverName));
  }

  private interface Form {
    Origin of(Origin target);
  }

  /**
   * AWS: what is led to belongs to the account that owns the API and the link; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
   * and
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html.
   * That it is in the same region is inferred.
   */
  private TargetGroup group(String arn, Form form) throws UnusableException {
    String[] parts = arn.split(":", 6);
    if (parts.length < 6 || !parts[3].equals(region) || !parts[4].equals(account)) {
      throw new UnusableException(
          "%s is not of the API's account %s in its region %s".formatted(arn, account, region));
    }
    List<Origin> targets = configured.of(arn);
    return new TargetGroup(arn, targets.stream().map(form::of).toList());
  }

  private VpcLinks.Link link(@Nullable String connectionId) throws UnusableException {
    if (connectionId == null) {
      throw new UnusableException("the integration names no VPC link");
    }
    String id = resolved(connectionId, "connectionId");
    VpcLinks.Link link = links.find(id);
    if (link == null) {
      throw new UnusableException("there is no VPC link " + id);
    }
    if (!link.isAvailable()) {
      throw new UnusableException("the VPC link " + id + " is " + link.status());
    }
    return link;
  }

  private String resolved(String configuredText, String member) throws UnusableException {
    String text = variables.resolve(configuredText);
    if (text.indexOf(StageVariables.UNDEFINED) >= 0) {
      throw new UnusableException(
          "a stage variable in the integration's %s is not defined: %s"
              .formatted(member, configuredText));
    }
    return text;
  }
}
