package io.portico.gateway.compile;

import io.portico.gateway.aws.ArnPattern;
import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.snapshot.LambdaFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where functions are invoked: at the endpoint of the first rule that a function's ARN is like, or
 * else where all others are.
 *
 * @param others the endpoint of functions that no rule is for, or null where there is none
 * @param own that of Portico's own Lambda host, or null where there is none
 */
public record FunctionEndpoints(
    List<Rule> rules, @Nullable EndpointUrl others, @Nullable EndpointUrl own) {
  /** Those of an ARN that names a function without version or alias. */
  private static final int PARTS = 7;

  public FunctionEndpoints {
    rules = List.copyOf(rules);
  }

  /** Those of others alone. */
  public FunctionEndpoints(List<Rule> rules, @Nullable EndpointUrl others) {
    this(rules, others, null);
  }

  /**
   * Some functions and their endpoint.
   *
   * @param functions compared with a function's ARN as it stands in the integration, and without
   *     its version or alias
   */
  public record Rule(ArnPattern functions, EndpointUrl endpoint) {}

  /** The function of that ARN at its endpoint. */
  public LambdaFunction function(String arn) throws UnusableException {
    EndpointUrl endpoint = endpoint(arn);
    if (endpoint == null) {
      throw new UnusableException(
          "no Lambda endpoint of "
              + arn
              + " is configured: set lambda.endpoint, aws.endpoint or AWS_ENDPOINT_URL_LAMBDA");
    }
    return LambdaFunction.of(arn, endpoint);
  }

  /** Whether Portico's own host runs the function of that ARN. */
  boolean isOwn(String arn) {
    return own != null && own.equals(endpoint(arn));
  }

  private @Nullable EndpointUrl endpoint(String arn) {
    String unqualified = unqualified(arn);
    for (Rule rule : rules) {
      if (rule.functions.matches(arn) || rule.functions.matches(unqualified)) {
        return rule.endpoint;
      }
    }
    return others;
  }

  private static String unqualified(String arn) {
    String[] parts = arn.split(":", PARTS + 1);
    return parts.length > PARTS ? arn.substring(0, arn.length() - parts[PARTS].length() - 1) : arn;
  }
}
