package io.portico.gateway.logs;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Names of groups and streams as names of files: they have slashes, brackets, dollar signs and
 * dots, may be longer than a file's name, and none may lead elsewhere.
 */
final class LogNames {
  /** A file's name has at most 255 bytes. */
  private static final int LONGEST = 180;

  private static final int KEPT = 100;

  /** Stands in no encoded name: behind it is the digest of one that is too long. */
  private static final char DIGEST = '~';

  private LogNames() {}

  static String encoded(String name) {
    String encoded =
        URLEncoder.encode(name, StandardCharsets.UTF_8).replace("*", "%2A").replace(".", "%2E");
    return encoded.length() <= LONGEST
        ? encoded
        : encoded.substring(0, KEPT) + DIGEST + HexFormat.of().formatHex(digest(name));
  }

  /** The name, or null where the file's content has to say it. */
  static @Nullable String decoded(String encoded) {
    return encoded.indexOf(DIGEST) < 0 ? URLDecoder.decode(encoded, StandardCharsets.UTF_8) : null;
  }

  static byte[] digest(String name) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
