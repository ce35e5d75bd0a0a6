package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.compile.FunctionEndpoints;
import io.portico.server.config.ConfigException;
import io.portico.server.config.ConfigLoader;
import io.portico.server.config.ConfigValues;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AwsSettingsTest {
  private static final Map<String, String> NONE = Map.of();
  private static final String OWN = "http://localhost:4566";
  private static final URI HOST = URI.create("http://127.0.0.1:40000");
  private static final Map<String, String> WHOLE =
      Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "secret");

  @Test
  void signsWithTheCredentialsOfTheEnvironmentOrWithThoseOfEmulators() {
    Map<String, String> temporary =
        Map.of(
            "AWS_ACCESS_KEY_ID", "id",
            "AWS_SECRET_ACCESS_KEY", "secret",
            "AWS_SESSION_TOKEN", "token");

    assertThat(settings(NONE, WHOLE).credentials())
        .isEqualTo(new Credentials("id", "secret", null));
    assertThat(settings(NONE, temporary).credentials())
        .isEqualTo(new Credentials("id", "secret", "token"));
    assertThat(settings(NONE, Map.of("AWS_SESSION_TOKEN", "token")).credentials())
        .isEqualTo(new Credentials("test", "test", null));
  }

  @Test
  void awsIsNotCalledWithHalfAPairOfKeys() {
    Map<String, String> wanted = Map.of("aws.call-aws", "true");

    assertThat(settings(wanted, WHOLE).warnings()).isEmpty();
    for (Map<String, String> half :
        List.of(
            NONE,
            Map.of("AWS_ACCESS_KEY_ID", "id"),
            Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", ""))) {
      assertThatThrownBy(() -> settings(wanted, half))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("aws.call-aws: true");
    }
  }

  @Test
  void functionsAreInvokedByTheOwnHostWhereNoEndpointIsSet() {
    assertThat(settings(NONE, NONE).functions(HOST).others()).isEqualTo(EndpointUrl.of(HOST));
    assertThat(settings(NONE, NONE).functions(null).others()).isNull();
  }

  @Test
  void someFunctionsHaveEndpointsOfTheirOwn() {
    Map<String, String> keys =
        Map.of(
            "lambda.endpoint",
            "http://5",
            "lambda.endpoints",
            "arn:aws:lambda:*:*:function:own=portico, arn:aws:lambda:*:*:function:a*=http://6");

    FunctionEndpoints functions = settings(keys, NONE).functions(HOST);

    assertThat(functions.rules())
        .extracting(FunctionEndpoints.Rule::endpoint)
        .containsExactly(EndpointUrl.of(HOST), EndpointUrl.of(URI.create("http://6")));
    assertThat(functions.others()).isEqualTo(EndpointUrl.of(URI.create("http://5")));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:*:*:*:*:*=ftp://a, 'a URL that begins with http:// or https://, without user, query and"
        + " fragment, or portico'",
    "arn:*:*:*:*:*=portico, 'a URL, as lambda.host is false'"
  })
  void anEndpointOfSomeFunctionsThatCannotBeIsRefused(String pair, String allowed) {
    Map<String, String> keys = Map.of("lambda.endpoints", pair, "lambda.host", "false");

    assertThatThrownBy(() -> settings(keys, NONE))
        .isInstanceOf(ConfigException.class)
        .hasMessage("lambda.endpoints: \"%s\": allowed is %s", pair, allowed);
  }

  @Test
  void aPatternOfFunctionsThatIsNoArnIsRefused() {
    assertThatThrownBy(() -> settings(Map.of("lambda.endpoints", "orders=http://a"), NONE))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "lambda.endpoints: \"orders\": allowed is an ARN of six parts or more, such as"
                + " arn:aws:lambda:*:*:function:orders");
  }

  @Test
  void functionsAreInvokedAtTheNearestEndpoint() {
    assertThat(settings(NONE, Map.of("AWS_ENDPOINT_URL", "http://1")).functions(null).others())
        .isEqualTo(EndpointUrl.of(URI.create("http://1")));
    assertThat(
            settings(Map.of("aws.endpoint", "http://2"), Map.of("AWS_ENDPOINT_URL", "http://1"))
                .functions(null)
                .others())
        .isEqualTo(EndpointUrl.of(URI.create("http://2")));
    assertThat(lambda(Map.of("aws.endpoint", "http://2"), "AWS_ENDPOINT_URL_LAMBDA", "http://3"))
        .isEqualTo("http://3");
    assertThat(
            lambda(
                Map.of("aws.endpoints", "Lambda=http://4"), "AWS_ENDPOINT_URL_LAMBDA", "http://3"))
        .isEqualTo("http://4");
    assertThat(
            lambda(
                Map.of("aws.endpoints", "lambda=http://4", "lambda.endpoint", "http://5"),
                "AWS_ENDPOINT_URL_LAMBDA",
                "http://3"))
        .isEqualTo("http://5");
  }

  @Test
  void anEndpointOfAllServicesLeavesFunctionsToTheOwnHost() {
    AwsSettings settings =
        settings(Map.of("aws.endpoint", "http://2"), Map.of("AWS_ENDPOINT_URL", "http://1"));

    assertThat(settings.functions(HOST).others()).isEqualTo(EndpointUrl.of(HOST));
  }

  @Test
  void aServiceThatIsUnknownIsRefusedInAKey() {
    assertThatThrownBy(() -> settings(Map.of("aws.endpoints", "sqz=http://a"), NONE))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "aws.endpoints: sqz=\"http://a\": no such service; allowed are AWS's service ids, such"
                + " as sqs, sfn or secrets-manager, and names in integrations' addresses, such as"
                + " states");
  }

  @Test
  void aServiceThatIsNamedInTwoWaysIsRefused() {
    assertThatThrownBy(
            () -> settings(Map.of("aws.endpoints", "states=http://a, sfn=http://b"), NONE))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "aws.endpoints: sfn=\"http://b\": SFN is set twice; allowed is one URL for a service");
  }

  @Test
  void aServiceThatIsUnknownIsWarnedOfOnceInTheEnvironment() {
    Map<String, String> environment =
        Map.of(
            "AWS_ENDPOINT_URL_STATES", "no matter",
            "AWS_ENDPOINT_URL_OTHER", "http://a",
            "AWS_ENDPOINT_URL_SFN", "http://b");

    assertThat(settings(NONE, environment).warnings())
        .containsExactly(
            "not used, as integrations know no such service: AWS_ENDPOINT_URL_OTHER,"
                + " AWS_ENDPOINT_URL_STATES (AWS's clients spell it AWS_ENDPOINT_URL_SFN)");
  }

  @ParameterizedTest
  @CsvSource({
    "AWS_ENDPOINT_URL_SQS, http://127.0.0.1:9324/?a=b",
    "AWS_ENDPOINT_URL_S3, localhost:9000",
    "AWS_ENDPOINT_URL_LAMBDA, 'http://a, sqs=http://b'",
    "AWS_ENDPOINT_URL, ftp://a"
  })
  void aVariableThatIsNoUrlIsNamed(String variable, String text) {
    assertThatThrownBy(() -> settings(NONE, Map.of(variable, text)))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "%s: \"%s\" from the environment: allowed is %s", variable, text, ConfigValues.URL);
  }

  @Test
  void porticoItselfIsNoEndpointWhereAKeyNamesIt() {
    assertThatThrownBy(() -> settings(Map.of("aws.endpoint", OWN), NONE))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "aws.endpoint: \"%s\": Portico itself listens there; allowed is the URL of another"
                + " server",
            OWN);
    assertThatThrownBy(() -> settings(Map.of("aws.endpoints", "sqs=" + OWN), NONE))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("aws.endpoints: sqs: ");
    assertThatThrownBy(() -> settings(Map.of("lambda.endpoint", OWN), NONE))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("lambda.endpoint: ");
    assertThatThrownBy(() -> settings(Map.of("lambda.endpoints", "arn:*:*:*:*:*=" + OWN), NONE))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("lambda.endpoints: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_LAMBDA"})
  void porticoItselfIsPassedOverWhereTheEnvironmentNamesIt(String variable) {
    AwsSettings settings = settings(NONE, Map.of(variable, OWN));

    assertThat(settings.functions(null).others()).isNull();
    assertThat(settings.warnings())
        .containsExactly(
            variable
                + " names Portico itself, so integrations do not use it; aws.endpoint and"
                + " aws.endpoints are for them");
  }

  @Test
  void aPortThatTheSystemChoseMayBeNamedByAnEndpoint() {
    AwsSettings settings = settings(Map.of("aws.endpoints", "sqs=http://localhost:9324"), NONE);

    assertThat(settings.name(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9324)))
        .isTrue();
    assertThat(settings.name(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9325)))
        .isFalse();
  }

  @Test
  void aServiceHasAnEndpointOfItsOwnWhereItIsNamedAndIsNotPorticoItself() {
    assertThat(settings(Map.of("aws.endpoints", "logs=http://a"), NONE).hasEndpointOf("logs"))
        .isTrue();
    assertThat(
            settings(NONE, Map.of("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", "http://a"))
                .hasEndpointOf("logs"))
        .isTrue();
    assertThat(
            settings(NONE, Map.of("AWS_ENDPOINT_URL_CLOUDWATCH_LOGS", OWN)).hasEndpointOf("logs"))
        .isFalse();
    assertThat(settings(Map.of("aws.endpoint", "http://a"), NONE).hasEndpointOf("logs")).isFalse();
  }

  @Test
  void porticosOwnLambdaHostIsKnownBesideOthers() {
    FunctionEndpoints functions =
        settings(Map.of("lambda.endpoint", "http://5"), NONE).functions(HOST);

    assertThat(functions.own()).isEqualTo(EndpointUrl.of(HOST));
    assertThat(settings(NONE, NONE).functions(null).own()).isNull();
  }

  private static String lambda(Map<String, String> keys, String variable, String url) {
    EndpointUrl others = settings(keys, Map.of(variable, url)).functions(HOST).others();
    return "http://" + Objects.requireNonNull(others).origin().host();
  }

  private static AwsSettings settings(Map<String, String> keys, Map<String, String> environment) {
    return new AwsSettings(
        new ConfigLoader().load(null, NONE, keys).config(),
        environment,
        new OwnListener(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 4566)));
  }
}
