package io.portico.gateway.execute.mapping;

import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Payload;
import io.portico.gateway.http.Utf8;
import io.portico.gateway.snapshot.ContentHandling;
import java.util.Base64;

/**
 * Text or binary: what becomes of a payload, by its own type, by what the receiver wants and by
 * {@code contentHandling}.
 *
 * <p>AWS: recorded, facts BIN-07 to BIN-12; the rest of the table documented,
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html.
 */
public enum PayloadConversion {
  /** Bytes as they are. */
  BINARY,
  /** UTF-8 text; bytes that are none become U+FFFD. */
  TEXT,
  /** Text that is base64 becomes the bytes it stands for. */
  DECODE,
  /** Bytes become base64 text. */
  ENCODE;

  /** For a request: the backend takes whatever the client sends. */
  public static PayloadConversion ofRequest(boolean binaryPayload, ContentHandling handling) {
    return switch (handling) {
      case PASSTHROUGH -> binaryPayload ? BINARY : TEXT;
      case CONVERT_TO_BINARY -> binaryPayload ? BINARY : DECODE;
      case CONVERT_TO_TEXT -> binaryPayload ? ENCODE : TEXT;
    };
  }

  /** For a response: without {@code contentHandling}, the client's {@code Accept} decides. */
  public static PayloadConversion ofResponse(
      boolean binaryPayload, boolean binaryAccept, ContentHandling handling) {
    return switch (handling) {
      case PASSTHROUGH ->
          binaryPayload ? (binaryAccept ? BINARY : ENCODE) : (binaryAccept ? DECODE : TEXT);
      case CONVERT_TO_BINARY -> binaryPayload ? BINARY : DECODE;
      case CONVERT_TO_TEXT -> binaryPayload ? ENCODE : TEXT;
    };
  }

  /** Whether the result is bytes, which no template can take. */
  public boolean isBinary() {
    return this == BINARY || this == DECODE;
  }

  /**
   * Converts a payload; an empty one stays as it is.
   *
   * @throws GatewayFault {@code API_CONFIGURATION_ERROR} if text to decode is not base64
   */
  public Payload apply(Payload payload) {
    if (payload.bytes().length == 0) {
      return payload;
    }
    return switch (this) {
      case BINARY -> payload;
      case TEXT ->
          Utf8.isText(payload.bytes()) ? payload : new Payload(Utf8.replaced(payload.bytes()));
      case DECODE -> new Payload(decode(payload.bytes()));
      case ENCODE -> new Payload(Base64.getEncoder().encode(payload.bytes()));
    };
  }

  private static byte[] decode(byte[] payload) {
    try {
      return Base64.getMimeDecoder().decode(strict(payload));
    } catch (IllegalArgumentException e) {
      throw GatewayFault.misconfigured("a payload to be converted to binary is not base64");
    }
  }

  /** Line breaks may stand in base64 text; anything else that is not of its alphabet may not. */
  private static byte[] strict(byte[] payload) {
    for (byte octet : payload) {
      boolean alphanumeric = octet > 0 && Character.isLetterOrDigit(octet);
      if (!alphanumeric && "+/=\r\n".indexOf(octet) < 0) {
        throw new IllegalArgumentException("not base64");
      }
    }
    return payload;
  }
}
