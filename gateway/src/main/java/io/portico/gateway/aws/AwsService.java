package io.portico.gateway.aws;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What calling one of AWS's services takes.
 *
 * @param name as in its endpoints' host names and in an integration's address: {@code states}
 * @param signingName the service that signatures name
 * @param protocol how its actions are called
 * @param version of its API, or null where the service is not in the table
 * @param id AWS's service id: {@code SFN}, {@code Cost Explorer}
 * @param single the only endpoint, where there is not one in each region; else null
 * @param json how its JSON protocol is spoken, or null
 */
public record AwsService(
    String name,
    String signingName,
    Protocol protocol,
    @Nullable String version,
    String id,
    @Nullable SingleEndpoint single,
    @Nullable JsonProtocol json) {

  /** How actions are called. */
  public enum Protocol {
    /** Parameters, of which {@code Action} is one; the answer is XML, or JSON where accepted. */
    QUERY,
    /** A JSON document; the action stands in a header. */
    JSON,
    /** Methods and paths. */
    REST
  }

  /**
   * The endpoint of a service that has only one.
   *
   * @param host such as {@code iam.amazonaws.com}
   * @param region that signatures name
   */
  public record SingleEndpoint(String host, String region) {}

  /**
   * The {@code awsJson} protocol.
   *
   * @param version {@code 1.0} or {@code 1.1}
   * @param targetPrefix what stands before the action in {@code X-Amz-Target}
   * @param booleans names of members of inputs that are truth values
   * @param numbers names of members of inputs that are numbers
   * @see <a href="https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html">AWS JSON 1.0</a>
   */
  public record JsonProtocol(
      String version, String targetPrefix, Set<String> booleans, Set<String> numbers) {

    public String contentType() {
      return "application/x-amz-json-" + version;
    }

    public String target(String action) {
      return targetPrefix + "." + action;
    }
  }

  /** A service that is not in the table: it signs under its own name and has paths only. */
  static AwsService unknown(String name) {
    return new AwsService(name, name, Protocol.REST, null, name, null, null);
  }

  /**
   * The id as AWS spells it in names of variables, such as {@code AWS_ENDPOINT_URL_COST_EXPLORER}.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html">Service-specific
   *     endpoints</a>
   */
  public String variableSuffix() {
    return variableSuffix(id);
  }

  /** The same of any name. */
  public static String variableSuffix(String id) {
    return id.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }
}
