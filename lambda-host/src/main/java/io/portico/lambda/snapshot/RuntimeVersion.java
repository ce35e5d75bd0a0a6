package io.portico.lambda.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a runtime. AWS: it tells patches of a runtime apart; here the machine's own
 * interpreter runs, so that it tells runtimes apart.
 *
 * @param name such as {@code python:3.12.v1}
 */
public record RuntimeVersion(String name, String arn) {
  private static final Pattern RUNTIME = Pattern.compile("([a-z]+)\\.?(.+?)(?:\\.x)?");

  /**
   * The version that runs.
   *
   * @param runtime such as {@code python3.12}
   */
  public static RuntimeVersion of(String region, String runtime) {
    Matcher parts = RUNTIME.matcher(runtime);
    String name = parts.matches() ? parts.group(1) + ":" + parts.group(2) + ".v1" : runtime + ".v1";
    return new RuntimeVersion(name, arn(region, runtime));
  }

  private static String arn(String region, String runtime) {
    UUID digest = UUID.nameUUIDFromBytes(runtime.getBytes(StandardCharsets.UTF_8));
    String half =
        HexFormat.of().toHexDigits(digest.getMostSignificantBits())
            + HexFormat.of().toHexDigits(digest.getLeastSignificantBits());
    return "arn:aws:lambda:" + region + "::runtime:" + half + half;
  }
}
