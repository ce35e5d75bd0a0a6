package io.portico.gateway.execute.httpapi;

import io.portico.gateway.execute.integration.LambdaProxyReply;
import io.portico.gateway.http.FieldText;
import io.portico.gateway.http.Headers;
import io.portico.gateway.proxy.MalformedReplyException;
import io.portico.gateway.proxy.ProxyReply;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a function answers in payload format 1.0: as behind REST APIs, but that base64 always stands
 * for bytes, as HTTP APIs know no binary media types.
 */
final class ReplyV1 {
  private ReplyV1() {}

  static ProxyReply parse(byte[] payload) throws MalformedReplyException {
    LambdaProxyReply reply;
    try {
      reply = LambdaProxyReply.parse(payload);
    } catch (LambdaProxyReply.MalformedReplyException e) {
      throw new MalformedReplyException(String.valueOf(e.getMessage()));
    }
    for (Headers.Field field : reply.headers()) {
      if (FieldText.hasControl(field.value())) {
        throw new MalformedReplyException("a header cannot be sent: " + field.name());
      }
    }
    Headers headers =
        reply.headers().contains("Content-Type")
            ? reply.headers()
            : reply.headers().toBuilder()
                .add("Content-Type", LambdaProxyIntegration.RESPONSE_TYPE)
                .build();
    return new ProxyReply(reply.status(), headers, body(reply));
  }

  private static byte[] body(LambdaProxyReply reply) throws MalformedReplyException {
    byte[] text = reply.body().getBytes(StandardCharsets.UTF_8);
    if (!reply.base64()) {
      return text;
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new MalformedReplyException("the body is not base64");
    }
  }
}
