package io.portico.gateway.compile;

import io.portico.gateway.aws.AwsService;
import io.portico.gateway.aws.AwsServices;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code uri} of an integration with an AWS service, taken apart.
 *
 * @param partition {@code aws}, {@code aws-cn}, ...
 * @param region whose endpoint is meant
 * @param host what stands before the region in the endpoint's name: {@code bucket.s3}
 * @param subdomain what of it is not the service's name: {@code bucket}; or empty
 * @param service whom the name is of
 * @param action whether {@code rest} begins with an action's name, rather than being a path
 * @param rest what follows {@code path/} or {@code action/}
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html">PutIntegration</a>
 */
record AwsServiceUri(
    String partition,
    String region,
    String host,
    String subdomain,
    AwsService service,
    boolean action,
    String rest) {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "arn:(aws[a-z-]*):apigateway:([a-z0-9-]+)"
              + ":([A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63})*+):(path|action)/(\\P{Cntrl}*)");

  /**
   * Takes an address apart.
   *
   * @param uri stage variables resolved
   */
  static AwsServiceUri of(String uri) throws UnusableException {
    Matcher address = ADDRESS.matcher(uri);
    if (!address.matches()) {
      throw new UnusableException("the integration's uri is not an address of an AWS service");
    }
    String host = address.group(3);
    int start = startOfService(host);
    return new AwsServiceUri(
        address.group(1),
        address.group(2),
        host,
        start == 0 ? "" : host.substring(0, start - 1),
        AwsServices.named(host.substring(start)),
        address.group(4).equals("action"),
        address.group(5));
  }

  /** The longest known name that the host ends with: {@code runtime.sagemaker} is one whole. */
  private static int startOfService(String host) {
    for (int start = 0; ; start = host.indexOf('.', start) + 1) {
      if (host.indexOf('.', start) < 0 || AwsServices.find(host.substring(start)) != null) {
        return start;
      }
    }
  }
}
