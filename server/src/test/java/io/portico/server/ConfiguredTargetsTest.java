package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.compile.LinkTargets;
import io.portico.gateway.http.UpstreamRequest.Origin;
import io.portico.server.config.ConfigException;
import io.portico.server.config.ConfigLoader;
import io.portico.server.config.VpcLinksConfig;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys {@code vpc-links}. */
final class ConfiguredTargetsTest {
  private static VpcLinksConfig config(String... keysAndValues) {
    Map<String, String> environment = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      environment.put("PORTICO_VPC_LINKS_" + keysAndValues[i], keysAndValues[i + 1]);
    }
    return new ConfigLoader().load(null, environment, Map.of()).config().vpcLinks();
  }

  @Test
  void nothingStandsForAnythingByDefault() {
    assertThat(ConfiguredTargets.of(config())).isEqualTo(LinkTargets.NONE);
  }

  @Test
  void patternsAreLookedAtInTheirOrder() {
    LinkTargets targets =
        ConfiguredTargets.of(
            config(
                "TARGETS",
                "arn:aws:elasticloadbalancing:*:*:listener/app/orders/*=http://127.0.0.1:9001|https://[::1],"
                    + " arn:aws:servicediscovery:*:*:service/srv-?=http://stock.internal"));

    assertThat(targets.rules()).hasSize(2);
    assertThat(targets.rules().getFirst().targets())
        .containsExactly(
            new Origin(false, "127.0.0.1", 9001, true), new Origin(true, "::1", 443, true));
    assertThat(
            targets
                .rules()
                .getFirst()
                .arns()
                .matches("arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/orders/1/2"))
        .isTrue();
    assertThat(targets.rules().getLast().targets())
        .containsExactly(new Origin(false, "stock.internal", 80, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "TARGETS; orders; allowed is ARN=URL|URL pairs, separated by commas",
        "TARGETS; arn:a:b:c:d:e=; allowed is ARN=URL|URL pairs, separated by commas",
        "TARGETS; arn:a:b:c:d:e=http://a|; allowed is ARN=URL|URL pairs, separated by commas",
        "TARGETS; arn:a:b:c=http://a; vpc-links.targets: \"arn:a:b:c\": allowed is an ARN of six parts",
        "TARGETS; arn:a:b:c:d:e=http://a|ftp://b; vpc-links.targets: \"ftp://b\": allowed is a URL that begins with http",
        "TARGETS; arn:a:b:c:d:e=http://a/path; vpc-links.targets: \"http://a/path\": allowed is a URL",
        "HEALTH_CHECK_PATH; health; allowed is a path that begins with /",
        "HEALTH_CHECK_TIMEOUT; 0s; allowed is",
        "HEALTHY_THRESHOLD; 0; allowed is",
        "UNHEALTHY_THRESHOLD; 11; allowed is"
      })
  void whatIsNotAllowedStopsTheStartWithALine(String key, String value, String message) {
    assertThatThrownBy(() -> ConfiguredTargets.of(config(key, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1));
  }
}
