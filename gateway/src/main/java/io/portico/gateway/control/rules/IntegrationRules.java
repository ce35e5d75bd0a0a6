package io.portico.gateway.control.rules;

import io.portico.gateway.compile.VpcLinks;
import io.portico.gateway.compile.VpcLinks.Link;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.IntegrationRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.regex.BoundedPattern;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** What an integration may be, by its type. */
public final class IntegrationRules {
  private static final Set<String> HTTP = Set.of("HTTP", "HTTP_PROXY");
  private static final List<String> PASSTHROUGH =
      List.of("WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER");

  private static final Pattern ARN = Pattern.compile("arn:[^:]+:[^:]+:[^:]*:[^:]*:.+");
  private static final String STREAM = "STREAM";

  private IntegrationRules() {}

  public static boolean http(String type) {
    return HTTP.contains(type);
  }

  /** Whether the answer is passed on as it comes. */
  static boolean streamed(IntegrationRecord integration) {
    return STREAM.equals(integration.responseTransferMode());
  }

  /**
   * The integration without what its type has no use for. Credentials that are as they were hold up
   * no change of something else, nor does how a function is invoked.
   *
   * @param before what it replaces, or null
   * @throws ServiceException if it is not one that AWS takes
   */
  public static IntegrationRecord accepted(
      IntegrationRecord integration, MethodRecord method, @Nullable IntegrationRecord before) {
    IntegrationRecord settled = settled(integration);
    String type = settled.type();
    if (!type.equals("MOCK")) {
      checkHttpMethod(settled.httpMethod());
    }
    if (http(type)) {
      IntegrationUris.checkHttp(settled.uri());
    } else if (!type.equals("MOCK")) {
      IntegrationUris.checkArn(settled.uri(), type.equals("AWS_PROXY"));
      checkRole(settled);
    }
    if (before == null || !Objects.equals(settled.credentials(), before.credentials())) {
      checkCredentials(settled.credentials());
    }
    checkConnection(settled);
    checkTransferMode(settled);
    if (before == null || !isInvokedAlike(settled, before)) {
      checkInvocation(settled);
    }
    checkCacheKeys(settled, method);
    if (settled.passthroughBehavior() != null
        && !PASSTHROUGH.contains(settled.passthroughBehavior())) {
      // AWS: the text is assumed.
      throw ServiceException.badRequest(
          "Invalid passthroughBehavior specified. Valid options are "
              + String.join(",", PASSTHROUGH));
    }
    if (settled.requestParameters() != null) {
      Mappings.checkIntegrationParameters(
          settled.requestParameters(),
          method.requestParameters() == null ? null : method.requestParameters().keySet());
    }
    if (settled.requestTemplates() != null) {
      Mappings.checkContentTypes(settled.requestTemplates().keySet());
    }
    return settled;
  }

  /**
   * Whether a private integration leads somewhere.
   *
   * @param before what was there, which may stay as it was; null for none
   * @throws ServiceException if it does not
   */
  // AWS: a link of version 2 leads nowhere by itself; source: reported,
  // https://github.com/hashicorp/terraform-provider-aws/issues/45230. Which link a stage variable
  // names is known to the stage. What is as it was holds up no change of something else.
  public static void checkTarget(
      IntegrationRecord integration, @Nullable IntegrationRecord before, VpcLinks links) {
    String linkId = integration.connectionId();
    String target = integration.integrationTarget();
    if (before != null
        && Objects.equals(linkId, before.connectionId())
        && Objects.equals(target, before.integrationTarget())) {
      return;
    }
    if (integration.isPrivate() && linkId != null && (target == null || target.isEmpty())) {
      Link link = links.find(linkId);
      if (link != null && link.targetArn() == null) {
        throw ServiceException.badRequest("IntegrationTarget is required for VpcLinkV2");
      }
    }
  }

  private static IntegrationRecord settled(IntegrationRecord integration) {
    boolean mock = integration.type().equals("MOCK");
    boolean http = http(integration.type());
    String connectionType = http ? integration.connectionType() : null;
    return new IntegrationRecord(
        integration.type(),
        // AWS: source: INT-03.
        mock ? null : integration.httpMethod(),
        mock ? null : integration.uri(),
        // AWS: source: INT-02.
        http && connectionType == null ? "INTERNET" : connectionType,
        IntegrationRecord.VPC_LINK.equals(connectionType) ? integration.connectionId() : null,
        integration.credentials(),
        integration.requestParameters(),
        integration.requestTemplates(),
        integration.passthroughBehavior(),
        integration.contentHandling(),
        integration.timeoutInMillis(),
        integration.cacheNamespace(),
        integration.cacheKeyParameters(),
        integration.tlsConfig(),
        integration.responseTransferMode(),
        integration.integrationTarget(),
        integration.integrationResponses());
  }

  // AWS: source: reported by users of AWS's clients.
  private static void checkHttpMethod(@Nullable String httpMethod) {
    if (httpMethod == null || httpMethod.isEmpty()) {
      throw ServiceException.badRequest("Enumeration value for HttpMethod must be non-empty");
    }
    MethodRules.checkHttpMethod(httpMethod);
  }

  // AWS: only functions can let themselves be called without one; source: reported by users of
  // AWS's clients, https://github.com/aws/aws-cdk/issues/1465,
  // https://github.com/hashicorp/terraform-provider-aws/issues/7916.
  private static void checkRole(IntegrationRecord integration) {
    String uri = integration.uri();
    if (uri != null
        && !uri.split(":", 6)[4].equals("lambda")
        && (integration.credentials() == null || integration.credentials().isEmpty())) {
      throw ServiceException.badRequest("Role ARN must be specified for AWS integrations");
    }
  }

  // AWS: an ARN of any kind, in whose parts may be stage variables; source: reported by users of
  // AWS's clients, https://github.com/aws-cloudformation/aws-cloudformation-templates/issues/379,
  // https://github.com/aws/aws-sdk-java/issues/860,
  // https://github.com/amazon-archives/aws-apigateway-importer/issues/94.
  private static void checkCredentials(@Nullable String credentials) {
    if (credentials != null && !credentials.isEmpty() && !ARN.matcher(credentials).matches()) {
      throw ServiceException.badRequest("Invalid ARN specified in the request");
    }
  }

  private static void checkConnection(IntegrationRecord integration) {
    if (integration.isPrivate()
        && (integration.connectionId() == null || integration.connectionId().isEmpty())) {
      // AWS: the text is assumed.
      throw ServiceException.badRequest("VPC link connection ID must be specified");
    }
  }

  // AWS: the method must declare them; source: documented, Integration.cacheKeyParameters; the text
  // is reported by users of Serverless. Names of the integration's own parameters are taken too:
  // those users send them.
  private static void checkCacheKeys(IntegrationRecord integration, MethodRecord method) {
    if (integration.cacheKeyParameters() == null) {
      return;
    }
    for (String name : integration.cacheKeyParameters()) {
      if (!declares(method.requestParameters(), name)
          && !declares(integration.requestParameters(), name)) {
        throw ServiceException.badRequest("Invalid cache key parameter specified");
      }
    }
  }

  private static boolean declares(@Nullable Map<String, ?> parameters, String name) {
    return parameters != null && parameters.containsKey(name);
  }

  /** Whether an integration response's pattern, if it has one, is a regular expression. */
  // AWS: unknown; a pattern that is none could never be selected, so it is refused. The text is
  // assumed.
  public static void checkSelectionPattern(@Nullable String pattern) {
    if (pattern != null) {
      try {
        BoundedPattern.compile(pattern, 0);
      } catch (PatternSyntaxException e) {
        throw ServiceException.badRequest("Invalid selection pattern specified: " + pattern);
      }
    }
  }

  // AWS: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html; the
  // text is assumed.
  private static void checkTransferMode(IntegrationRecord integration) {
    if (streamed(integration) && !integration.type().endsWith("_PROXY")) {
      throw ServiceException.badRequest(
          "Response transfer mode STREAM is only supported for integrations of type HTTP_PROXY and"
              + " AWS_PROXY");
    }
  }

  private static boolean isInvokedAlike(IntegrationRecord integration, IntegrationRecord before) {
    return Objects.equals(integration.uri(), before.uri())
        && streamed(integration) == streamed(before);
  }

  // AWS: source: reported, issue 45649 of Terraform's AWS provider for STREAM, pull request 370 of
  // cdkd for BUFFERED, which is the default.
  private static void checkInvocation(IntegrationRecord integration) {
    if (!integration.type().equals("AWS_PROXY")) {
      return;
    }
    boolean streamed = streamed(integration);
    boolean invokedWithStream = IntegrationUris.streams(integration.uri());
    if (streamed && !invokedWithStream) {
      throw ServiceException.badRequest(
          "Invalid ResponseTransferMode. ResponseTransferMode STREAM is only supported for Lambda"
              + " functions invoked by InvokeWithResponseStream for AWS_PROXY integrations.");
    }
    if (!streamed && invokedWithStream) {
      throw ServiceException.badRequest(
          "Invalid ResponseTransferMode. Cannot use ResponseTransferMode BUFFERED for Lambda"
              + " functions invoked by InvokeWithResponseStream for AWS_PROXY integrations.");
    }
  }
}
