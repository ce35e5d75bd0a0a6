package io.portico.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.portico.gateway.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigLoaderTest {
  private static final Map<String, String> NONE = Map.of();

  @TempDir Path folder = Path.of("");

  @Test
  void everyKeyHasADefaultThatIsAllowed() throws IOException {
    GatewayConfig config = load("", NONE, NONE).config();

    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.port()).isEqualTo(4566);
    assertThat(config.accountId()).isEqualTo("000000000000");
    assertThat(config.data()).isEqualTo(Path.of("portico-data").resolveSibling("./portico-data"));
    assertThat(config.ephemeral()).isFalse();
    assertThat(config.drainTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.logging().format()).isEqualTo(GatewayConfig.Logging.Format.HUMAN);
    assertThat(config.lambda().endpoint()).isNull();
  }

  @Test
  void aFlagGoesBeforeTheEnvironmentThatBeforeTheFileThatBeforeTheDefault() throws IOException {
    String yaml = "port: 1\nregion: eu-west-1\naccount-id: 111111111111\n";
    Map<String, String> environment =
        Map.of("PORTICO_PORT", "2", "PORTICO_REGION", "eu-west-2", "HOME", "/root");

    GatewayConfig config = load(yaml, environment, Map.of("port", "3")).config();

    assertThat(config.port()).isEqualTo(3);
    assertThat(config.region()).isEqualTo("eu-west-2");
    assertThat(config.accountId()).isEqualTo("111111111111");
    assertThat(config.host()).isEqualTo("127.0.0.1");
  }

  @Test
  void readsNestedKeysAndKeepsTheTextOfNumbers() throws IOException {
    String yaml =
        """
        account-id: 000000000012   # no number
        drain-timeout: 1500ms
        logging:
          level: debug
          format: json
        lambda:
          endpoint: http://127.0.0.1:9001
        """;

    GatewayConfig config = load(yaml, NONE, NONE).config();

    assertThat(config.accountId()).isEqualTo("000000000012");
    assertThat(config.drainTimeout()).isEqualTo(Duration.ofMillis(1500));
    assertThat(config.logging().level()).isEqualTo(GatewayConfig.Logging.Level.DEBUG);
    assertThat(config.logging().format()).isEqualTo(GatewayConfig.Logging.Format.JSON);
    assertThat(config.lambda().endpoint()).isEqualTo(URI.create("http://127.0.0.1:9001"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port           | 65536        | a whole number from 0 to 65535",
        "port           | -1           | a whole number from 0 to 65535",
        "port           | 80a          | a whole number from 0 to 65535",
        "port           | 4.5          | a whole number from 0 to 65535",
        "port           | ''           | a whole number from 0 to 65535",
        "port           | 99999999999999999999 | a whole number from 0 to 65535",
        "ephemeral      | yes          | true or false",
        "account-id     | 12           | twelve digits",
        "account-id     | ００００００００００００ | twelve digits",
        "region         | EU           | a region such as us-east-1",
        "host           | a b          | a host name or address",
        "control-hosts  | a:80         | host names without ports, separated by commas",
        "control-hosts  | a,,b         | host names without ports, separated by commas",
        "control-hosts  | *            | host names without ports, separated by commas",
        "data           | ''           | a path",
        "drain-timeout  | 10           | a whole number with ms, s, m or h, such as 500ms or 10s, from 0 ms to 3600000 ms",
        "drain-timeout  | 2h           | a whole number with ms, s, m or h, such as 500ms or 10s, from 0 ms to 3600000 ms",
        "logging.level  | loud         | one of trace, debug, info, warn, error",
        "logging.format | xml          | one of human, json",
        "lambda.endpoint| ftp://x      | a URL that begins with http:// or https://, without user, query and fragment",
        "aws.call-aws   | yes          | true or false",
        "aws.endpoint   | http://u:p@x | a URL that begins with http:// or https://, without user, query and fragment",
        "aws.endpoint   | http://x?a=b | a URL that begins with http:// or https://, without user, query and fragment",
        "aws.endpoint   | http://x:99999 | a URL that begins with http:// or https://, without user, query and fragment",
        "aws.endpoint   | localhost:90 | a URL that begins with http:// or https://, without user, query and fragment",
        "lambda.endpoint| http:///x    | a URL that begins with http:// or https://, without user, query and fragment",
      })
  void aBadValueIsRefusedWithKeyValueAndWhatIsAllowed(String key, String value, String allowed)
      throws IOException {
    ConfigValues values = load("", NONE, Map.of(key, value));

    assertThatThrownBy(values::config)
        .isInstanceOf(ConfigException.class)
        .hasMessage("%s: \"%s\" from --%s: allowed is %s", key, value, key, allowed);
  }

  @Test
  void aBadValueSaysWhichFileOrVariableItIsFrom() throws IOException {
    Path file = folder.resolve("portico.yaml");

    assertThatThrownBy(load("port: many", NONE, NONE)::config)
        .hasMessage("port: \"many\" from " + file + ": allowed is a whole number from 0 to 65535");
    assertThatThrownBy(load("", Map.of("PORTICO_LOGGING_LEVEL", "a\nb"), NONE)::config)
        .hasMessage(
            "logging.level: \"a\\u000ab\" from PORTICO_LOGGING_LEVEL: allowed is one of trace,"
                + " debug, info, warn, error");
  }

  @Test
  void anUnknownKeyIsRefusedWithThoseThatAreKnown() {
    assertThatThrownBy(() -> load("logging:\n  levl: debug", NONE, NONE))
        .isInstanceOf(ConfigException.class)
        .hasMessageMatching(
            "\"logging.levl\" from \\S+portico.yaml: no such key; allowed are host, port, .*"
                + "logging.level.*");
    assertThatThrownBy(() -> load("", Map.of("PORTICO_PROT", "80"), NONE))
        .isInstanceOf(ConfigException.class)
        .hasMessageMatching(
            "PORTICO_PROT from the environment: no such key; allowed are .*PORTICO_PORT.*");
  }

  @Test
  void theVariablesOfAKubernetesServiceNamedPorticoAreNoKeys() throws IOException {
    Map<String, String> environment =
        Map.of(
            "KUBERNETES_SERVICE_HOST", "10.0.0.1",
            "PORTICO_PORT", "tcp://10.3.2.1:4566",
            "PORTICO_PORT_4566_TCP_ADDR", "10.3.2.1",
            "PORTICO_SERVICE_HOST", "10.3.2.1");

    assertThat(load("", environment, NONE).config().port()).isEqualTo(4566);
    assertThatThrownBy(() -> load("", Map.of("PORTICO_SERVICE_HOST", "10.3.2.1"), NONE))
        .isInstanceOf(ConfigException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, 2]                     | it holds no keys",
        "just text                  | it holds no keys",
        "port: [80]                 | \"port\" holds a list; allowed is a single value",
        "'port: 1\nport: 2'         | ",
        "'logging.level: info\nlogging: {level: debug}' | \"logging.level\" is set twice",
        "'port: \"80'               | ",
        "'port: 80\n---\nport: 81'  | ",
      })
  void aFileThatIsNoConfigurationIsRefusedInOneLine(String yaml, @Nullable String why) {
    assertThatThrownBy(() -> load(yaml, NONE, NONE))
        .isInstanceOf(ConfigException.class)
        .message()
        .hasLineCount(1)
        .startsWith(folder.resolve("portico.yaml") + " is no configuration: ")
        .endsWith(why == null ? "" : why);
  }

  @Test
  void whatIsExportedForAwsClientsIsNoKey() throws IOException {
    Map<String, String> environment =
        Map.of("AWS_ENDPOINT_URL", "http://localhost:4566", "AWS_ENDPOINT_URL_LAMBDA", "http://b");

    GatewayConfig config = load("", environment, NONE).config();

    assertThat(config.aws()).isEqualTo(new GatewayConfig.Aws(null, null, false, null));
    assertThat(config.lambda().endpoint()).isNull();
  }

  @Test
  void readsTheEndpointsOfSingleServices() throws IOException {
    String yaml =
        "aws: {endpoint: 'http://b', endpoints: 'sfn=http://c,Secrets Manager=https://d/e'}";

    GatewayConfig.Aws aws = load(yaml, Map.of("PORTICO_AWS_CALL_AWS", "true"), NONE).config().aws();

    assertThat(aws.endpoint()).isEqualTo(URI.create("http://b"));
    assertThat(aws.endpointsByService())
        .containsOnly(
            entry("sfn", URI.create("http://c")),
            entry("Secrets Manager", URI.create("https://d/e")));
    assertThat(aws.callAws()).isTrue();
  }

  @Test
  void anEndpointsListWithoutServicesIsRefused() {
    assertThatThrownBy(() -> load("aws: {endpoints: 'sqs'}", NONE, NONE).config())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("allowed is service=URL pairs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sqs=http://:80         | sqs=\"http://:80\"",
        "sqs=http://a/?b=c      | sqs=\"http://a/?b=c\"",
        "s3=localhost:9000      | s3=\"localhost:9000\"",
        "sns=http://a, sqs=ftp  | sqs=\"ftp\""
      })
  void anEndpointOfAServiceThatIsNoUrlIsRefused(String endpoints, String shown) throws IOException {
    GatewayConfig.Aws aws =
        load("aws: {endpoints: '" + endpoints + "'}", NONE, NONE).config().aws();

    assertThatThrownBy(aws::endpointsByService)
        .isInstanceOf(ConfigException.class)
        .hasMessage("aws.endpoints: %s: allowed is %s", shown, ConfigValues.URL);
  }

  @Test
  void aServiceHasOneEndpoint() throws IOException {
    GatewayConfig.Aws aws =
        load("aws: {endpoints: 'sqs=http://a, sqs=http://b'}", NONE, NONE).config().aws();

    assertThatThrownBy(aws::endpointsByService)
        .isInstanceOf(ConfigException.class)
        .hasMessage("aws.endpoints: sqs=\"http://b\": allowed is one URL for a service");
  }

  @Test
  void theControlPlaneAnswersToTheHostListenedOnAndToThoseListed() throws IOException {
    assertThat(load("", NONE, NONE).config().controlNames()).containsExactly("127.0.0.1");
    assertThat(
            load("host: loop\ncontrol-hosts: a.example, b,c_d\n", NONE, NONE)
                .config()
                .controlNames())
        .containsExactly("loop", "a.example", "b", "c_d");
  }

  @Test
  void anEmptyFileSetsNothing() throws IOException {
    assertThat(load("# nothing\n", NONE, NONE).config().port()).isEqualTo(4566);
  }

  @Test
  void aFileThatWasNamedMustBeThere() {
    assertThatThrownBy(() -> new ConfigLoader().load(folder.resolve("absent.yaml"), NONE, NONE))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("absent.yaml cannot be read");
  }

  @Test
  void whatIsPrintedCanBeReadBack() throws IOException {
    ConfigValues values =
        load(
            "account-id: 000000000012\nregion: eu-west-1\n",
            Map.of("PORTICO_DATA", "a folder/b: #c"),
            Map.of("port", "0"));

    String printed = ConfigPrinter.yaml(values);
    GatewayConfig readBack = load(printed, NONE, NONE).config();

    assertThat(readBack).isEqualTo(values.config());
    assertThat(printed)
        .containsPattern("(?m)^port: 0 +# --port$")
        .containsPattern("(?m)^data: \"a folder/b: #c\" +# PORTICO_DATA$")
        .containsPattern("(?m)^  level: info +# default$");
  }

  @Test
  void printsJsonForMachines() throws IOException {
    ConfigValues values = load("", NONE, Map.of("port", "0"));

    assertThat(Json.text(ConfigPrinter.json(values)))
        .startsWith("{\"host\":\"127.0.0.1\",\"port\":0,")
        .contains("\"ephemeral\":false", "\"logging\":{\"level\":\"info\",\"format\":\"human\"}")
        .contains("\"lambda\":{\"endpoint\":null,\"endpoints\":null,\"host\":true,");
  }

  private ConfigValues load(String yaml, Map<String, String> environment, Map<String, String> flags)
      throws IOException {
    Path file = Files.writeString(folder.resolve("portico.yaml"), yaml);
    return new ConfigLoader().load(file, environment, flags);
  }
}
