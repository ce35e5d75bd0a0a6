package io.portico.gateway.control.protocol;

import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.http.HttpRequest;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A request's body that its client has compressed, as AWS's clients do with longer ones. */
final class GzippedBody {
  /**
   * How much more there may be than the client may send. AWS: its limit is that of what is sent;
   * source: documented, PutMetricData. What is behind that is bounded so that no memory is.
   */
  private static final int EXPANSION = 8;

  private GzippedBody() {}

  static boolean isOne(HttpRequest request) {
    String encoding = request.headers().first("Content-Encoding");
    return "gzip".equalsIgnoreCase(encoding);
  }

  /**
   * @param limit of the bytes that are sent
   * @throws BodyTooLargeException if far more come out of them
   * @throws ServiceException {@code SerializationException} if they are not compressed
   */
  static byte[] unzipped(byte[] sent, long limit) throws IOException {
    try (InputStream unzipping = new GZIPInputStream(new ByteArrayInputStream(sent))) {
      long most = limit * EXPANSION;
      byte[] unzipped = unzipping.readNBytes((int) most + 1);
      if (unzipped.length > most) {
        throw new BodyTooLargeException(most);
      }
      return unzipped;
    } catch (ZipException | EOFException e) {
      throw JsonCoercion.serialization("Unable to decompress the request body");
    }
  }
}
