package io.portico.gateway.compile;

import io.portico.gateway.aws.AwsService.SingleEndpoint;
import io.portico.gateway.aws.AwsServices;
import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.gateway.snapshot.AwsEndpoint;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where AWS's services are called: at endpoints that are configured, or else at AWS's own where
 * that is wanted.
 */
public final class ServiceEndpoints {
  private static final Pattern AWAITED = Pattern.compile("(?:StartSyncExecution|TestState)\\b");
  private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

  private final Map<String, EndpointUrl> byService;
  private final @Nullable EndpointUrl all;
  private final boolean aws;
  private final boolean rolesAssumed;

  /**
   * A service's endpoint with what a subdomain adds.
   *
   * @param prefix what comes before the paths of its calls; empty, or begins with a slash
   * @param configured whether it is another's than AWS's own
   */
  public record Place(AwsEndpoint endpoint, String prefix, boolean configured) {}

  /**
   * @param byService by AWS's service id in the spelling of {@code AWS_ENDPOINT_URL_*}
   * @param all the endpoint of every other service, or null
   * @param aws whether AWS's own endpoints may be called
   * @throws IllegalArgumentException if an endpoint is no http or https URL
   */
  public ServiceEndpoints(Map<String, URI> byService, @Nullable URI all, boolean aws) {
    this(
        byService.entrySet().stream()
            .collect(
                Collectors.toMap(Map.Entry::getKey, entry -> EndpointUrl.of(entry.getValue()))),
        all == null ? null : EndpointUrl.of(all),
        aws,
        false);
  }

  private ServiceEndpoints(
      Map<String, EndpointUrl> byService,
      @Nullable EndpointUrl all,
      boolean aws,
      boolean rolesAssumed) {
    this.byService = byService;
    this.all = all;
    this.aws = aws;
    this.rolesAssumed = rolesAssumed;
  }

  /** The same, where the roles that integrations name are assumed. */
  public ServiceEndpoints assumingRoles() {
    return new ServiceEndpoints(byService, all, aws, true);
  }

  /** Whether services are called as the roles that integrations name. */
  boolean assumesRoles() {
    return rolesAssumed;
  }

  /**
   * The endpoint of a call that no integration makes.
   *
   * @param partition {@code aws}, {@code aws-cn}, ...
   * @param service its name in endpoints, such as {@code sqs}
   * @throws UnusableException if there is none; the message says what to set
   */
  public Place of(String partition, String region, String service) throws UnusableException {
    return of(
        new AwsServiceUri(partition, region, service, "", AwsServices.named(service), false, ""));
  }

  /**
   * The same, for one of its actions.
   *
   * @param action such as {@code StartSyncExecution}
   */
  public Place of(String partition, String region, String service, String action)
      throws UnusableException {
    return of(
        new AwsServiceUri(
            partition, region, service, "", AwsServices.named(service), true, action));
  }

  /**
   * The endpoint that is configured for a service, or null where none is.
   *
   * @param service its name in endpoints, such as {@code sqs}
   */
  @Nullable EndpointUrl configured(String service) {
    return byService.getOrDefault(AwsServices.named(service).variableSuffix(), all);
  }

  /** The endpoint an integration means. */
  Place of(AwsServiceUri uri) throws UnusableException {
    String variable = uri.service().variableSuffix();
    EndpointUrl configured = byService.getOrDefault(variable, all);
    if (configured != null) {
      return at(configured, uri);
    }
    if (!aws) {
      throw new UnusableException(
          ("no endpoint of %1$s is configured: set AWS_ENDPOINT_URL_%2$s, aws.endpoints or"
                  + " aws.endpoint; or aws.call-aws, to call AWS itself")
              .formatted(uri.service().id(), variable));
    }
    return ofAws(uri);
  }

  /**
   * At an endpoint that is configured, a bucket stands in the path. Any other subdomain stands in
   * {@code Host}, and no other name is connected to.
   */
  private static Place at(EndpointUrl url, AwsServiceUri uri) {
    String host = url.origin().authority();
    String prefix = url.prefix();
    if (!uri.subdomain().isEmpty()) {
      if (uri.service().name().equals("s3")) {
        prefix += "/" + uri.subdomain();
      } else if (!IP_ADDRESS.matcher(url.origin().host()).matches()) {
        host = uri.subdomain() + "." + host;
      }
    }
    return new Place(
        new AwsEndpoint(url.origin(), host, signedRegion(uri), uri.service().signingName()),
        prefix,
        true);
  }

  private static Place ofAws(AwsServiceUri uri) throws UnusableException {
    String domain = domain(uri.partition());
    SingleEndpoint single = single(uri);
    String host = single == null ? host(uri) + "." + uri.region() + "." + domain : single.host();
    return new Place(
        new AwsEndpoint(
            new Origin(true, host, 443, true),
            host,
            signedRegion(uri),
            uri.service().signingName()),
        "",
        false);
  }

  /** The domain of AWS's own endpoints in a partition. */
  static String domain(String partition) throws UnusableException {
    return switch (partition) {
      case "aws", "aws-us-gov" -> "amazonaws.com";
      case "aws-cn" -> "amazonaws.com.cn";
      default -> throw new UnusableException("the endpoints of " + partition + " are not known");
    };
  }

  /**
   * A subdomain stands for the one that a service's name has itself, as in {@code data-ats.iot}.
   */
  private static String host(AwsServiceUri uri) {
    String name = uri.service().name();
    return uri.subdomain().isEmpty()
        ? prefix(uri) + name
        : uri.subdomain() + "." + name.substring(name.lastIndexOf('.') + 1);
  }

  /**
   * AWS: the actions of Step Functions that are waited for have an endpoint of their own; source:
   * documented,
   * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html.
   * They are signed for as the others are.
   */
  private static String prefix(AwsServiceUri uri) {
    return uri.service().name().equals("states")
            && uri.action()
            && AWAITED.matcher(uri.rest()).lookingAt()
        ? "sync-"
        : "";
  }

  private static String signedRegion(AwsServiceUri uri) {
    SingleEndpoint single = single(uri);
    return single == null ? uri.region() : single.region();
  }

  private static @Nullable SingleEndpoint single(AwsServiceUri uri) {
    return uri.partition().equals("aws") && uri.subdomain().isEmpty()
        ? uri.service().single()
        : null;
  }
}
