package io.portico.gateway.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A routing rule: which requests to a custom domain name it takes, and where they go.
 *
 * @param domainName the {@linkplain DomainNameRecord#key() key} of the domain name
 * @param priority the smaller, the earlier it is looked at; no other one of the domain name has it
 * @param conditions that a request must meet, all of them
 * @param actions what happens then: one, as AWS has it
 */
public record RoutingRuleRecord(
    String routingRuleId,
    String domainName,
    int priority,
    List<Condition> conditions,
    List<Action> actions) {

  /** Either of the two. */
  public record Condition(
      @Nullable MatchBasePaths matchBasePaths, @Nullable MatchHeaders matchHeaders) {}

  /** The path begins with one of these. */
  public record MatchBasePaths(List<String> anyOf) {}

  /** One of these headers has its value. */
  public record MatchHeaders(List<MatchHeaderValue> anyOf) {}

  /** A header, and a value in which an asterisk at either end stands for anything. */
  public record MatchHeaderValue(String header, String valueGlob) {}

  /** What is done with a request. */
  public record Action(InvokeApi invokeApi) {}

  /** A stage is called, with the whole path or what is left behind the base path. */
  public record InvokeApi(String apiId, String stage, boolean stripBasePath) {}
}
