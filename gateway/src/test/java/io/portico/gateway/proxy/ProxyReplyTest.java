package io.portico.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.http.Headers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxyReplyTest {

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ProxyReply parse(String payload) throws MalformedReplyException {
    return ProxyReply.parse(bytes(payload));
  }

  private static String body(ProxyReply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  /** URL-04. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"hello\": \"world\"} | {\"hello\":\"world\"}",
        "[\"hello\", 3, true] | [\"hello\",3,true]",
        "\"hello\" | hello",
        "3 | 3",
        "3.1 | 3.1",
        "true | true",
        "{\"statusCode\": null, \"body\": \"b\"} | {\"statusCode\":null,\"body\":\"b\"}",
        "no JSON | no JSON"
      })
  void whatNamesNoStatusIsTheBody(String payload, String body) throws MalformedReplyException {
    ProxyReply reply = parse(payload);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers()).isEqualTo(Headers.of("Content-Type", "application/json"));
    assertThat(body(reply)).isEqualTo(body);
  }

  /** URL-04. */
  @Test
  void anAnswerIsSentAsItIs() throws MalformedReplyException {
    ProxyReply reply =
        parse(
            """
            {"statusCode": 201, "body": "{}", "headers": {"content-type": "text/plain", "X-N": 3},
             "cookies": ["a=1; Path=/", "b=2"]}
            """);

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.headers())
        .isEqualTo(
            Headers.of(
                "content-type",
                "text/plain",
                "X-N",
                "3",
                "Set-Cookie",
                "a=1; Path=/",
                "Set-Cookie",
                "b=2"));
    assertThat(body(reply)).isEqualTo("{}");
  }

  /** URL-05. */
  @Test
  void aBodyThatIsNoTextIsWrittenAsJson() throws MalformedReplyException {
    assertThat(body(parse("{\"statusCode\": 200, \"body\": {\"a\": [1, null]}}")))
        .isEqualTo("{\"a\":[1,null]}");
    assertThat(body(parse("{\"statusCode\": \"200\"}"))).isEmpty();
  }

  @Test
  void aBodyInBase64IsDecoded() throws MalformedReplyException {
    assertThat(parse("{\"statusCode\": 200, \"body\": \"AAH/\", \"isBase64Encoded\": true}").body())
        .isEqualTo(new byte[] {0, 1, (byte) 0xff});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"statusCode\": \"oops\"}",
        "{\"statusCode\": 99}",
        "{\"statusCode\": 101}",
        "{\"statusCode\": 200.5}",
        "{\"statusCode\": 200, \"headers\": []}",
        "{\"statusCode\": 200, \"headers\": {\"a b\": \"c\"}}",
        "{\"statusCode\": 200, \"headers\": {\"a\": \"b\\r\\nc: d\"}}",
        "{\"statusCode\": 200, \"cookies\": \"a=1\"}",
        "{\"statusCode\": 200, \"cookies\": [\"a=1\\nb\"]}",
        "{\"statusCode\": 200, \"body\": \"%%\", \"isBase64Encoded\": true}",
        "{\"statusCode\": 200, \"body\": \"\", \"isBase64Encoded\": \"yes\"}"
      })
  void whatCannotBeSentIsMalformed(String payload) {
    assertThatThrownBy(() -> parse(payload)).isInstanceOf(MalformedReplyException.class);
  }

  @Test
  void metadataOfAStreamIsTheSameWithoutABody() throws MalformedReplyException {
    ProxyReply full =
        ProxyReply.prelude(
            bytes("{\"statusCode\": 202, \"headers\": {\"X-A\": \"b\"}, \"cookies\": [\"c=1\"]}"));
    ProxyReply none = ProxyReply.prelude(bytes("{}"));

    assertThat(full.status()).isEqualTo(202);
    assertThat(full.headers())
        .isEqualTo(
            Headers.of(
                "X-A", "b", "Content-Type", "application/octet-stream", "Set-Cookie", "c=1"));
    assertThat(none.status()).isEqualTo(200);
    for (String malformed : new String[] {"[]", "{", "{\"statusCode\": 1}"}) {
      assertThatThrownBy(() -> ProxyReply.prelude(bytes(malformed)))
          .isInstanceOf(MalformedReplyException.class);
    }
  }
}
