package io.portico.lambda.code;

import io.portico.lambda.model.CodeRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Addresses from which code can be downloaded for a while. Each is signed with a key that nobody
 * knows and that ends with this process. AWS: a presigned URL of S3, valid for 10 minutes; source:
 * documented, GetFunction and GetLayerVersion.
 */
public final class CodeLinks {
  /** What their paths begin with. */
  public static final String PATH = "/_portico/lambda/code/";

  private static final Duration VALID = Duration.ofMinutes(10);
  private static final String ALGORITHM = "HmacSHA256";
  private static final Pattern TARGET =
      Pattern.compile(
          Pattern.quote(PATH)
              + "([0-9a-f]{64})\\.zip\\?Expires=([0-9]{1,12})&Signature=([A-Za-z0-9_-]{43})");

  private final CodeStore store;
  private final Clock clock;
  private final SecretKeySpec key;

  /** Links into a store. */
  public CodeLinks(CodeStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    this.key = new SecretKeySpec(secret, ALGORITHM);
  }

  /**
   * Where code is.
   *
   * @param endpoint of this server as the caller knows it, such as {@code http://127.0.0.1:4566};
   *     empty where he needs none, and gets a {@code file:} URL, as for a folder of this machine
   */
  public String of(CodeRecord code, String endpoint) {
    String folder = code.folder();
    if (folder != null) {
      return Path.of(folder).toUri().toString();
    }
    if (endpoint.isEmpty()) {
      return store.zip(code).toUri().toString();
    }
    String name = CodeStore.name(code);
    String expires = Long.toString(clock.instant().plus(VALID).getEpochSecond());
    return endpoint
        + PATH
        + name
        + ".zip?Expires="
        + expires
        + "&Signature="
        + signature(name, expires);
  }

  /** Who has a link may have what it leads to. */
  sealed interface Followed {
    /** It is a link. */
    record To(Path zip) implements Followed {}

    /** It was one. */
    record Expired() implements Followed {}

    /** It is none. */
    record Forged() implements Followed {}
  }

  /**
   * Follows a link.
   *
   * @param target path and query, as they were sent
   */
  Followed follow(String target) {
    Matcher link = TARGET.matcher(target);
    if (!link.matches()) {
      return new Followed.Forged();
    }
    byte[] right = signature(link.group(1), link.group(2)).getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(right, link.group(3).getBytes(StandardCharsets.US_ASCII))) {
      return new Followed.Forged();
    }
    return clock.instant().getEpochSecond() > Long.parseLong(link.group(2))
        ? new Followed.Expired()
        : new Followed.To(store.zip(link.group(1)));
  }

  private String signature(String name, String expires) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(mac.doFinal((name + "\n" + expires).getBytes(StandardCharsets.US_ASCII)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
