package io.portico.gateway.http;

import io.portico.gateway.compute.Carrier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A content coding that makes content shorter.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-content-codings">RFC 9110, content
 *     codings</a>
 */
public enum ContentCoding {
  GZIP("gzip") {
    @Override
    OutputStream encoder(OutputStream coded) throws IOException {
      return new GZIPOutputStream(coded);
    }

    @Override
    InputStream decoder(InputStream coded) throws IOException {
      return new GZIPInputStream(coded);
    }
  },

  /** The zlib format, as RFC 9110 has it: not bare deflate. */
  DEFLATE("deflate") {
    @Override
    OutputStream encoder(OutputStream coded) {
      return new DeflaterOutputStream(coded);
    }

    @Override
    InputStream decoder(InputStream coded) {
      return new InflaterInputStream(coded);
    }
  };

  private static final int CHUNK = 8 * 1024;

  private final String token;

  ContentCoding(String token) {
    this.token = token;
  }

  /** The coding of that name in any casing, or null. */
  public static @Nullable ContentCoding of(String name) {
    for (ContentCoding coding : values()) {
      if (coding.token.equalsIgnoreCase(name)) {
        return coding;
      }
    }
    return null;
  }

  /** As it stands in {@code Content-Encoding}. */
  public String token() {
    return token;
  }

  /** The content coded. */
  public byte[] encode(byte[] content) {
    ByteArrayOutputStream coded = new ByteArrayOutputStream(content.length / 4 + 64);
    try (OutputStream encoder = encoder(coded)) {
      encoder.write(content);
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot be written", e);
    }
    return coded.toByteArray();
  }

  /**
   * The content that was coded.
   *
   * @param limit most bytes of it; what would be longer is not made
   * @param carrier is told now and then that this goes on
   * @throws BodyTooLargeException if it is longer than {@code limit}
   * @throws IOException if it was not coded so, or not to its end
   */
  public byte[] decode(byte[] coded, long limit, Carrier carrier) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream(Math.min(coded.length * 2, CHUNK));
    byte[] chunk = new byte[CHUNK];
    try (InputStream decoder = decoder(new ByteArrayInputStream(coded))) {
      for (int read = decoder.read(chunk); read >= 0; read = decoder.read(chunk)) {
        if (content.size() + (long) read > limit) {
          throw new BodyTooLargeException(limit);
        }
        content.write(chunk, 0, read);
        carrier.computing();
      }
    }
    return content.toByteArray();
  }

  abstract OutputStream encoder(OutputStream coded) throws IOException;

  abstract InputStream decoder(InputStream coded) throws IOException;
}
