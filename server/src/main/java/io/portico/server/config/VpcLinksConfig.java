package io.portico.server.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where private integrations lead, and how it is found out who is there. */
public record VpcLinksConfig(
    @Setting(
            value =
                "Servers that stand for load balancers and services of Cloud Map, by patterns of"
                    + " their ARNs, with the wildcards * and ?:"
                    + " arn:aws:elasticloadbalancing:*:*:listener/app/orders/*=http://127.0.0.1:9001|http://127.0.0.1:9002."
                    + " The first pattern that is like what a VPC link or its integration names"
                    + " says which; a private integration without any answers 500. An https URL is"
                    + " spoken to by TLS whatever the integration says.",
            byDefault = "",
            pattern =
                "[^\\s,=]{1,300}=[^\\s,|]{1,1000}(\\|[^\\s,|]{1,1000}){0,99}"
                    + "(, ?[^\\s,=]{1,300}=[^\\s,|]{1,1000}(\\|[^\\s,|]{1,1000}){0,99}){0,499}",
            allowed = "ARN=URL|URL pairs, separated by commas")
        @Nullable String targets,
    @Setting(
            value =
                "Path of a GET that each server answers with 200 to 399 while it is healthy. Without"
                    + " it, a TCP connection is enough.",
            byDefault = "",
            pattern = "/[!-~]{0,1022}",
            allowed = "a path that begins with /")
        @Nullable String healthCheckPath,
    @Setting(
            value =
                "Time between two looks at a server that a stage leads to; 0s for none: then all of"
                    + " them are healthy.",
            byDefault = "10s",
            max = 3_600_000)
        Duration healthCheckInterval,
    @Setting(
            value = "Longest time a look may take; then it has failed.",
            byDefault = "5s",
            min = 1,
            max = 120_000)
        Duration healthCheckTimeout,
    @Setting(
            value = "Looks in a row that succeed until an unhealthy server is healthy again.",
            byDefault = "2",
            unit = "looks",
            min = 1,
            max = 10)
        int healthyThreshold,
    @Setting(
            value =
                "Looks in a row that fail until a server is unhealthy and gets no requests, unless"
                    + " all of its kind are.",
            byDefault = "2",
            unit = "looks",
            min = 1,
            max = 10)
        int unhealthyThreshold) {

  private static final Pattern COMMA = Pattern.compile(", ?");
  private static final Pattern BAR = Pattern.compile("\\|");

  /**
   * The servers of some load balancers or services.
   *
   * @param arns a pattern of their ARNs
   * @param urls each with scheme, host and port alone
   */
  public record Targets(String arns, List<URI> urls) {}

  /**
   * All of them, in the order in which they are looked at.
   *
   * @throws ConfigException if one is no URL, or has a path
   */
  public List<Targets> targetsByArn() {
    return targets == null
        ? List.of()
        : COMMA
            .splitAsStream(targets)
            .map(pair -> pair.split("=", 2))
            .map(
                pair ->
                    new Targets(
                        pair[0], BAR.splitAsStream(pair[1]).map(VpcLinksConfig::url).toList()))
            .toList();
  }

  private static URI url(String text) {
    URI url = ConfigValues.uri(text);
    if (url == null || !url.getRawPath().isEmpty()) {
      throw new ConfigException(
          "vpc-links.targets: %s: allowed is %s, and without path"
              .formatted(ConfigValues.shown(text), ConfigValues.URL),
          null);
    }
    return url;
  }
}
