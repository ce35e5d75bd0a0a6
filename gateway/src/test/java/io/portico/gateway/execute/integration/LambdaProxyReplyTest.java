package io.portico.gateway.execute.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.execute.integration.LambdaProxyReply.MalformedReplyException;
import io.portico.gateway.http.Headers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded, facts PRX-15 to PRX-25; what is assumed says so. */
final class LambdaProxyReplyTest {

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"headers\": {}}", "{\"headers\": null, \"body\": null}"})
  void aReplyWithoutStatusIsEmptyAndFine(String reply) throws MalformedReplyException {
    assertThat(parse(reply)).isEqualTo(new LambdaProxyReply(200, Headers.empty(), "", false));
  }

  @Test
  void takesEveryMember() throws MalformedReplyException {
    LambdaProxyReply reply =
        parse(
            "{\"statusCode\": 201, \"headers\": {\"a\": \"b\"}, \"body\": \"x\", \"isBase64Encoded\": true}");

    assertThat(reply).isEqualTo(new LambdaProxyReply(201, Headers.of("a", "b"), "x", true));
  }

  @Test
  void takesAStatusInAString() throws MalformedReplyException {
    assertThat(parse("{\"statusCode\": \"201\"}").status()).isEqualTo(201);
  }

  @Test
  void printsHeaderValuesAsJson() throws MalformedReplyException {
    assertThat(
            parse("{\"headers\": {\"header-bool\": true, \"n\": 3, \"o\": {\"a\": [1]}}}")
                .headers())
        .isEqualTo(Headers.of("header-bool", "true", "n", "3", "o", "{\"a\":[1]}"));
  }

  @Test
  void sendsMultipleValuesBeforeTheSingleOneInTheirCasing() throws MalformedReplyException {
    LambdaProxyReply reply =
        parse(
            "{\"headers\": {\"TEST\": \"value-solo\", \"b\": \"1\"},"
                + " \"multiValueHeaders\": {\"test\": [\"value-multi\"]}}");

    assertThat(reply.headers())
        .isEqualTo(Headers.of("test", "value-multi", "test", "value-solo", "b", "1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "\"a string\"",
        "[]",
        "{\"wrongValue\": 1}",
        "{\"statusCode\": \"test\"}",
        "{\"statusCode\": 99}",
        "{\"statusCode\": 200.5}",
        "{\"statusCode\": true}",
        "{\"statusCode\": 1000}",
        "{\"headers\": []}",
        "{\"headers\": {\"a\": \"b\\r\\nc: d\"}}",
        "{\"headers\": {\"a\\nb\": \"c\"}}",
        "{\"multiValueHeaders\": {\"a\": \"b\"}}",
        "{\"body\": {}}",
        "{\"body\": 1}",
        "{\"isBase64Encoded\": \"yes\"}",
        "{\"statusCode\": 200"
      })
  void refusesWhatApiGatewayDoesNotTake(String reply) {
    assertThatThrownBy(() -> parse(reply)).isInstanceOf(MalformedReplyException.class);
  }

  private static LambdaProxyReply parse(String reply) throws MalformedReplyException {
    return LambdaProxyReply.parse(reply.getBytes(StandardCharsets.UTF_8));
  }
}
